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
  ['CMD-SHELL', "curl -k -XGET -u'admin':'«Op3nS»' https://localhost:9200"],
  ['CMD-SHELL', "/opt/mssql-tools/bin/sqlcmd -U sa -P$'«Sa!pw99»' -Q 'select 1'"],
  ['CMD-SHELL', 'surreal isready --endpoint http://localhost -u root -p «surr3al9»'],
  ['CMD-SHELL', 'perl -MDBI -e \'DBI->connect("dbi:mysql:x","app","«perl!1»")\''],
  ['CMD-SHELL', 'radclient localhost auth «rad!sec» <<< "User-Name=a,User-Password=«rad!pw»"'],
  ['CMD', '/bin/hc', '--auth', 'user:«au!1»'],
  'invalid env: "DB_PASSWORD «env!1»"',
  "user app with password '«quo!1»' could not connect",
  'Trying login root:«toor!1» ... failed',
  'SASL response: «AGJvYgBodW50ZXIy»',
  'Login with admin:«adm!cr2»',
  'Using token «tok-1x9y8z7» for cluster',
  'nats://«nats-token1x9»@n:4222',
  'eap: identity bob password «eap!1»',
  ['CMD-SHELL', 'http -a admin:«secret» GET :8080/health'],
  ['CMD-SHELL', 'POSTGRES_PASSWORD=«secret» /init'],
  ['CMD-SHELL', 'zk-batch -s localhost:2181 -u digest -a admin:«zkpass» export'],
  ['CMD-SHELL', 'curl -s http://localhost:8086/ping?u=admin&p=«infpass1»'],
  ['CMD-SHELL', 'curl "http://localhost:8080/api?username=a&password=«secret»"'],
  ['CMD', 'redis-cli', '-a', '«secret»', 'ping'],
  ['CMD', 'mongo', '--username', 'a', '--password', '«secret»'],
  ['CMD', 'check', '--db-pass', '«default»'],
  'EJABBERD_USERS=admin@example.de:«password1234» admin2@example.de',
  'Created superuser: admin:«admin123»',
  'authenticating as admin with «Passw0rd1»',
  'password <«Passw0rd1»> is not allowed',
  'passphrase for key: «blue moon 7»',
  'Passphrase: «one two three four»',
  'id_token_hint=«eyJh.b.c»',
  'client_assertion=«eyJh.b.c2»',
  'client_assertion=«PHNhbWw»',
  'SAMLRequest=«fZJNT8Mw»',
  'code=«SplxlOBeZQQYbYS6WxSbIA»&state=xyz',
  'user_code=«WDJB-MJHT»',
  '| db_password | «tblpw7» |',
  'var password string = "«goconst7»"',
  'let secret: &str = "«rsconst7»";',
  'password <- "«rv7»"',
  ['CMD', '/hc', '--license', '«ABCD-1234-EFGH-5678»'],
  ['CMD', '/hc', '--seed', '«JBSWY3DPEHPK3PXP»'],
  ['CMD', '/hc', '--hmac', '«tigerTIGER77»'],
  'token «tiger77abc99» is invalid',
  'session token «tiger77tiger77tiger77» not found',
  'curl: option -u a:«tiger77»: unsupported',
  '{db, [{user,"a"},{password,"«tiger»"}]}',
  ['CMD-SHELL', "bw unlock '«zebra9»' --raw"],
  'sess=«zebra9zebra9»; path=/',
  'one time passcode «123456»',
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
  "#0 /var/www/db.php(12): PDO->__construct('mysql:host=db', 'app', Object(SensitiveParameterValue))",
  'Successfully installed PyJWT-2.9.0 passlib-1.7.4 cryptography-43.0.3',
  'secret: any',
  'secret default-token-x7k2p mounted',
  'password ==> ok',
  'rotating encryption keys: 3/12',
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
