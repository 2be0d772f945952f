import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '#lib/engine/port.ts';

/**
 * The certificates in a folder laid out as the docker command has it. The authority is read only to verify.
 *
 * @throws EngineError `config` naming the file that cannot be read
 */
export function readTlsFiles(certPath: string, verify: boolean): { ca?: Buffer; cert: Buffer; key: Buffer } {
  const read = (name: string) => {
    try {
      return readFileSync(join(certPath, name));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
      throw new EngineError(
        'config',
        `Cannot read ${join(certPath, name)} (${reason}). DOCKER_CERT_PATH must be a folder with ca.pem, cert.pem and key.pem.`,
      );
    }
  };
  const own = { cert: read('cert.pem'), key: read('key.pem') };
  return verify ? { ca: read('ca.pem'), ...own } : own;
}
