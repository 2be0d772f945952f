/** As endpoints are written, of engines, agents and managers, and as Go's network errors have them. */
const ADDRESS =
  /\b(?:tcp|https?|ssh|unix|npipe):\/\/[^\s,;)”]*[^\s,;:.)”]|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b|\[[\da-f:]{2,45}(?:%\w+)?\](?::\d{1,5})?/gi;

/** A sentence without where engines and managers are: that is of nodes. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(ADDRESS, '…');
}
