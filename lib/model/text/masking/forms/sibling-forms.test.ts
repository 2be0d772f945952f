import { describe, expect, it } from 'vitest';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { MASK, maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';

/**
 * Forms that somebody tried who had not read the rules, and that were shown: a text, or the words of a command. What stands
 * between « and » is the secret.
 */
const HIDDEN: readonly (string | readonly string[])[] = [
  'rman target sys/«Oracle_19»@PROD',
  'ORACLE PASSWORD FOR SYS AND SYSTEM: «c3f1a9b2e8d74f60»',
  'isql -v MyDSN sa «Yukon900!»',
  'New value: «3NU=Kz-XxAb7l9Qm5Kc»',
  '<Error><Code>SignatureDoesNotMatch</Code><SignatureProvided>«mzvNpHpbVnJlRbGvQmF0qEaGnlY=»</SignatureProvided></Error>',
  'https -A bearer -a «b34rer» api.x/health',
  'radtest bob «b0bpw» localhost 0 «testing123x»',
  'sipsak -U -s sip:a@h -a «s1pPw»',
  'xmlrpc <member><name>password</name><value><string>«xmlr9»</string></value></member>',
  '(password . "«lisp9»")',
  'Kennwort für admin lautet «gehe1m»',
  'adgangskode: «hemm7»',
  "parola d'ordine: «segr7»",
  'routing_key: «R0ABCDEFGHIJKLMNOPQRSTUVWXYZ01»',
  'password\\u003d«uni9»',
  ['CMD-SHELL', 'nats-healthcheck -u mon -p «n4tsmon» -s nats://localhost'],
  ['CMD-SHELL', "php -r \"new PDO('mysql:host=db;dbname=x','app','«phppdo1»');\""],
  ['CMD', '/app/check', '/password:«letmein»'],
  '[error] Failed to authenticate with {plain,<<"app">>,<<"«erl4ng»">>}',
  'Kibana has not been configured. Go to http://0.0.0.0:5601/?code=«648171» to get started.',
  'nexus: Your admin user password is located in /x: «3f2b9e1a-aa»',
  'code-server: Using password from ~/.config/code-server/config.yaml: «8a3f1b»',
  'bind: key "rndc-key" { algorithm hmac-sha256; secret "«mZ0q/8=»"; };',
  'exim: client_send = : user : «ex1mpw»',
  'remember_me=«aGVsbG8tdG9rZW4=»',
  'TOTP seed: «KRSXG5CTMVRXEZLU»',
  '{password,"«erl1»"}',
  'headers: [["authorization","Basic «QTpC»"],["host","x"]]',
  'password ==> «arrow2»',
  'PASSWORD\\=«esc1»',
  'Passwort für bob: «umlaut1»',
  'Das Passwort lautet: «gehe1m9»',
  'le mot de passe est «secr3t»',
  'A senha é «s3nha»',
  '密码是：«mima99»',
  'パスワードは「«himitsu9»」です',
  '비밀번호는 «bimil9» 입니다',
];

/** Lines that operators read, of which something was hidden. */
const SHOWN: readonly (string | readonly string[])[] = [
  'vault is sealed: 0 of 3 unseal keys provided',
  '10.0.0.4 - bob [30/Nov/2026:10:00:00 +0000] "POST /session HTTP/1.1" 201 512 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
  'pin: GPIO4 high',
  'Traceback (most recent call last):\n  File "/app/auth/password.py", line 12, in check\n    raise InvalidPassword(user)\napp.errors.InvalidPassword: bob',
  'CMD-SHELL mysqladmin ping -h 127.0.0.1 -u root --password=$$MYSQL_ROOT_PASSWORD',
  'Passwort falsch',
  'wachtwoord verlopen',
  'boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW',
  'signing key k-2026-11 loaded (RS256)',
  '{"password":null,"token":""}',
  '{"tokens":{"prompt":120,"completion":33}}',
  '{"secretName":"tls-cert","secretNamespace":"prod"}',
  'credentials: [env, file, iam]',
];

const mask = (given: string | readonly string[]): string =>
  typeof given === 'string' ? maskSecrets(given) : maskCommand(given).join(' ');
const join = (given: string | readonly string[]): string =>
  typeof given === 'string' ? given : given.join(' ');
const withoutMarks = (text: string): string => text.replace(/[«»]/g, '');

describe('forms that others tried', () => {
  for (const form of HIDDEN) {
    it(`hides what stands in marks: ${JSON.stringify(form)}`, () => {
      const masked = mask(typeof form === 'string' ? withoutMarks(form) : form.map(withoutMarks));
      expect(masked).toContain(MASK);
      for (const [, secret = ''] of join(form).matchAll(/«([^»]*)»/g)) expect(masked).not.toContain(secret);
    });
  }

  for (const line of SHOWN) {
    it(`leaves ${JSON.stringify(line)}`, () => {
      expect(mask(line)).toBe(join(line));
    });
  }
});
