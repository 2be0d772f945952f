import { describe, expect, it } from 'vitest';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { MASK, maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';

/**
 * Passwords that are words, where no digit tells them: forms that somebody tried who had not read the rules. What
 * stands between « and » is the secret.
 */
const HIDDEN: readonly (string | readonly string[])[] = [
  // A here-string to whoever asks for a password.
  'pdbedit -a bob <<< «sunflower»',
  'vncpasswd -f <<< «sunflower»',
  'ansible-vault view f <<< «sunflower»',
  'age -p <<< «sunflower»',
  'pass insert -e x <<< «sunflower»',
  'sshfs -o password_stdin h:/ /m <<< «sunflower»',
  'logstash-keystore add X <<< «sunflower»',
  // Clients, and where they take it.
  ['CMD-SHELL', 'redis-cli AUTH «sunflower»'],
  ['CMD-SHELL', 'redis-cli -h r AUTH bob «sunflower»'],
  ['CMD', 'valkey-cli', 'AUTH', '«sunflower»'],
  ['CMD-SHELL', 'echo "AUTH default «sunflower»" | nc localhost 6379'],
  ['CMD', 'nats-server', '--auth', '«sunflower»'],
  ['CMD-SHELL', 'http -A bearer -a «sunflower» GET x'],
  ['CMD', 'https', '--auth-type=bearer', '--auth', '«sunflower»', 'x'],
  ['CMD-SHELL', "winexe -U 'D/bob%«sunflower»' //h cmd"],
  ['CMD-SHELL', 'taos -u root -p«sunflower» -s "select 1"'],
  ['CMD', 'ttyd', '-c', 'bob:«sunflower»', 'bash'],
  ['CMD', 'ss-local', '-s', 'h', '-k', '«sunflower»'],
  ['CMD', 'bin/solr', 'healthcheck', '-u', 'a:«sunflower»'],
  ['CMD', 'qpdf', '--encrypt', '«sunflower»', '«moonrise»', '256', '--', 'a', 'b'],
  ['CMD', 'ccrypt', '-K', '«sunflower»', 'f'],
  ['CMD', 'bw', 'login', 'bob', '«sunflower»'],
  ['CMD', 'zerotier-cli', '-T«sunflower»', 'info'],
  ['CMD', 'iscsiadm', '-m', 'node', '-n', 'node.session.auth.password', '-v', '«sunflower»'],
  // A word of a command that begins like a flag, and is none.
  ['CMD', 'mongosh', '--password', '«-two words»', '--eval', '1'],
  // `user:password` behind a name.
  'BASIC_AUTH=bob:«sunflower»',
  'basic_auth: bob:«sunflower»',
  'BASIC_AUTH=admin:«admin-one»',
  'SMTP_AUTH=bob:«sunflower»',
  ['CMD-SHELL', 'ETCDCTL_USER=root:«sunflower» etcdctl endpoint health'],
  'bob:«493817»@tcp(127.0.0.1:3306)/app',
  // Calls.
  'request.SetBasicAuth("app", "«sunflower»")',
  "http.basic_auth 'bob', '«sunflower»'",
  "redis.auth('«sunflower»')",
  "red:auth('«sunflower»')",
  "Sql.newInstance('jdbc:x','a','«sunflower»')",
  'new SecretKeySpec("«sunflower»".getBytes(), "AES")',
  "jwt.sign({id:1}, '«sunflower»')",
  "jwt.verify(token, '«sunflower»')",
  // What is quoted with a scheme.
  'http.Header{"Authorization":[]string{"Bearer «sunflower»"}}',
  'proxy_set_header Authorization "Bearer «sunflower»";',
  // Names of two words.
  'X-JFrog-Art-Api: «sunflower»',
  'Pre-shared key: «sunflower»',
  'Wi-Fi key: «sunflower»',
  'Login with admin / password «sunflower»',
];

const SHOWN: readonly (string | readonly string[])[] = [
  'SSH key SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDm5XyWzzoPo5yqZ1k',
  'SSH key MD5:3a:5b:7c:9d:1e:2f:3a:4b',
  'passwd: password updated successfully',
  'cat <<< "hello"',
  'redis-cli AUTH failed',
  'redis auth error',
  '"AUTH default user" is off',
  ['CMD', 'redis-cli', '-h', 'r', 'ping'],
  ['CMD', 'mongosh', '--password', '--eval', '1'],
  'solr is running on port 8983',
  'yarn run v1.22.19',
  'auth: http://auth:8080/health 200',
  'auth-service: auth:9000',
  'dial tcp: lookup auth:9000: no such host',
  'http://token:8080/livez 200 OK',
  'auth: worker:7 exited',
  'service=shop_auth: restart:on-failure',
  'shop_auth: replicated:3',
  'shop_auth: image:latest',
  'auth: com.example:auth:1.2.3',
  'auth=frontend:v2',
  'AUTH=admin:readonly',
  'user_auth=ldap:bind',
  'bob@tcp(db:3306)/app',
  "jwt.verify(token, 'HS256')",
  "redis.auth('required')",
  '"Bearer token"',
  '{"error":"Bearer missing"}',
  'user / password authentication',
  'admin / password required',
  'check user / password combination',
  'Wi-Fi key: rotated',
  'pre-shared key mismatch',
];

const strip = (text: string): string => text.replace(/[«»]/g, '');
const hide = (text: string): string => text.replace(/«[^»]*»/g, MASK);

describe('masking what somebody else tried', () => {
  it.each(HIDDEN)('hides the secret of %j', (form) => {
    if (typeof form === 'string') expect(maskSecrets(strip(form))).toBe(hide(form));
    else expect(maskCommand(form.map(strip))).toEqual(form.map(hide));
  });

  it.each(SHOWN)('leaves %j', (form) => {
    if (typeof form === 'string') expect(maskSecrets(form)).toBe(form);
    else expect(maskCommand(form)).toEqual(form);
  });
});
