/** A service's name inside its stack: `shop_checkout` in `shop` is `checkout`. */
export function toShortName(service: { name: string; stack: string | null }): string {
  const prefix = `${service.stack}_`;
  return service.stack !== null && service.name.startsWith(prefix) && service.name.length > prefix.length
    ? service.name.slice(prefix.length)
    : service.name;
}
