import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for nobody, by nobody, and its key: made anew each time, for a port that speaks TLS. */
export function makeCertificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // ecdsa-with-SHA256
  const algorithm = toDer(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
  const name = toName('demo.invalid');
  const valid = toDer(0x30, toTime('20200101000000Z'), toTime('20491231235959Z'));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = toDer(0x30, toDer(0x02, Buffer.from([1])), algorithm, name, valid, name, spki);
  const signature = toDer(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const der = toDer(0x30, body, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** A value in DER (X.690): its tag, its length, what it is made of. */
function toDer(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

function toName(commonName: string): Buffer {
  const pair = toDer(0x30, Buffer.from('0603550403', 'hex'), toDer(0x0c, Buffer.from(commonName)));
  return toDer(0x30, toDer(0x31, pair));
}

/** `YYYYMMDDhhmmssZ`, without its century: UTCTime counts from 1950 to 2049. */
function toTime(text: string): Buffer {
  return toDer(0x17, Buffer.from(text.slice(2)));
}
