// Which messages HubSpot's SDK may see. It reads `type` of whatever arrives, and takes `hostUrl` of
// the first SYNC for the place to answer to.

/** Whether it is a message of HubSpot's form, which names no other host than its sender. */
export function isHubSpotMessage(data: unknown, origin: string | null): boolean {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return false;
  }
  const { type, messageId, hostUrl } = data as Record<string, unknown>;
  const named = typeof messageId === 'string' || typeof messageId === 'number';
  if (typeof type !== 'string' || !named || Object.hasOwn(Object.prototype, type)) {
    return false;
  }
  return type !== 'SYNC' || hostUrl === undefined || hostUrl === origin;
}
