const BUFFER_BYTES = 64 * 1024;
const shared = Buffer.allocUnsafeSlow(BUFFER_BYTES);

/**
 * What a socket is read into (`onread` of `net.connect`), whose bytes are looked at or copied before its callback returns: then
 * one serves all sockets, since the kernel is asked for bytes at the moment that they are handed on. On Windows it fills the
 * buffer beforehand.
 */
export function toReadBuffer(): Buffer {
  return process.platform === 'win32' ? Buffer.allocUnsafeSlow(BUFFER_BYTES) : shared;
}
