const two = (value: number) => String(value).padStart(2, '0');

/** `14:21:56`, in UTC or in the time zone of whoever runs this. */
export function formatClock(ms: number, zone: 'utc' | 'local'): string {
  const date = new Date(ms);
  return zone === 'utc'
    ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
