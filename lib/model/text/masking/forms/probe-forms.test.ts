import { describe, expect, it } from 'vitest';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { MASK, maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';

const SECRET = 'S3cr3tV4lue';

/** Kinds that fresh sets of forms found, each with siblings: `§` is the secret, and all that may be hidden. */
const HIDDEN: readonly string[] = [
  // functions that make something of a password, and what somebody signs in with
  "LOG:  execute <unnamed>: select crypt('§', gen_salt('bf'))",
  "bcrypt.hashpw('§', salt)",
  "generate_password_hash('§')",
  "make_password('§', None, 'pbkdf2_sha256')",
  "ProbableAuthenticationError: PlainCredentials('app', '§')",
  'new UsernamePasswordCredentials("bob", "§")',
  'new PasswordAuthentication("bob", "§".toCharArray())',
  "signInWithPassword('bob', '§')",
  "mongosh --eval \"db.getSiblingDB('admin').auth('root','§')\"",
  "client.auth('default', '§')",
  "EXEC sp_password NULL, '§', 'sa'",
  "exec sp_password @old = NULL, @new = '§'",
  // names that are typed wrongly, joined, or in other words
  "mysqladmin: option '--passwrod=§' unknown",
  'unknown key pasword=§ in app.ini',
  'adminpw=§',
  'ldappw: §',
  'mot_de_passe=§',
  'clave_secreta: §',
  'unlockCode=§',
  'pairing_code: §',
  'VAULT_SECRET_ID=§ vault-agent',
  'SERVICE_ROLE_KEY: §',
  'SDK_KEY=§',
  'FIREBASE_PUSH_KEY=§',
  // keys whose names say nothing
  'DIRECTUS_KEY=§',
  'network_key: "§"',
  'Fastly-Key: §',
  'GH_PAT=§',
  // logins of servers and their answers
  'PlainLoginModule required user_admin="§" ;',
  'org.apache.zookeeper.server.auth.DigestLoginModule required user_super="§";',
  '1) "requirepass"\n2) "§"',
  ' 7) "masterauth"\n 8) "§"',
  'Created superuser admin@example.com / §',
  "ADMIN_PASSWORD not set, generated '§'",
  "password\n  Input should be a valid integer [type=int_parsing, input_value='§', input_type=str]",
  "[('password', '§')]",
  'Content-Disposition: form-data; name="password"\r\n\r\n§\r\n--x',
  'Content-Disposition: form-data; name="api_key"\\r\\nContent-Type: text/plain\\r\\n\\r\\n§',
  'password: !vault |\n  §',
  'token: &t >-\n  §',
  '&lt;password&gt;§&lt;/password&gt;',
  '"\\u003cclientSecret\\u003e§\\u003c/clientSecret\\u003e"',
  '%3Cpassword%3E§%3C%2Fpassword%3E',
  "CREATE SECRET (TYPE s3, KEY_ID 'AK', SECRET '§')",
  // a shell's ways to hand something over
  'read -r PASSWORD <<< §',
  'etcdctl user passwd root --interactive=false <<< §',
  'gcloud secrets versions add x --data-file=- <<< §',
  'podman secret create x <(echo §)',
  'vncviewer -passwd <(echo § | vncpasswd -f) h',
  'mysqladmin ping \\\n  --password \\\n  § \\\n  --silent',
  'curl --user \\\n  admin:§ \\\n  http://x',
  'expect "assword:"; send "§"',
  // clients
  'ftp -n localhost <<EOF\nopen h\nuser bob §\nEOF',
  'consul acl set-agent-token default §',
  'etcdctl user add bob:§',
  'cloudflared service install §',
  'transmission-remote -n bob:§ -l',
  "redis-cli ACL SETUSER app on '>§' allkeys",
  'sqlpackage /a:Export /sp:§',
  'mkpasswd -m sha-512 §',
  'surreal is-ready --user root --pass §',
  "salt '*' shadow.set_password bob §",
  'dolt sql -u root -p §',
  'codecov -t §',
  'logdna-agent --key §',
  'https://up.example.org/api/push/§',
];

describe('a secret of a kind that was shown', () => {
  it.each(HIDDEN)('is hidden in %j', (form) => {
    expect(maskSecrets(form.replaceAll('§', SECRET))).toBe(form.replaceAll('§', MASK));
  });
  it('is hidden in a command behind a flag that nobody knows', () => {
    expect(maskCommand(['CMD', 'tool', 'ping', '-k', SECRET])).toEqual(['CMD', 'tool', 'ping', '-k', MASK]);
  });
  it('is hidden with what stands beside it', () => {
    for (const form of [
      'Simple auth Manager Passwords Generated: {"admin": "§"}',
      "ALTER CURRENT USER SET PASSWORD FROM 'o1dS3cr3t' TO '§'",
    ])
      expect(maskSecrets(form.replace('§', SECRET))).not.toMatch(/S3cr3t/);
  });
  it('is hidden alone, and the name before it is not', () => {
    for (const name of [
      'KC_BOOTSTRAP_ADMIN_PASSWORD',
      'AIRFLOW__CORE__FERNET_KEY',
      'VAULT_DEV_ROOT_TOKEN_ID',
    ])
      expect(maskSecrets(`${name}=${SECRET}`)).toBe(`${name}=${MASK}`);
  });
});

/** Siblings of facts that were hidden. */
const SHOWN: readonly string[] = [
  '\tpassword.encoder.iterations = 4096',
  '\tpassword.encoder.cipher.algorithm = AES/CBC/PKCS5Padding',
  'token_rounds=12',
  'cookie: secure=true httponly=true samesite=lax',
  'cookie: path=/; secure',
  'Authorization: Bearer $(cat /run/token)',
  'authorization: rbac',
  'xpack.security.transport.ssl.key: certs/es01.key',
  'ssl_private_key = conf/tls.pem',
  'cookie_refresh=1h',
  'token_lease: 1h30m0s',
  'imagePullSecrets: [regcred]',
  'secretKeyRef: {name: db, key: password}',
  'existingSecret: db-secret',
  'smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd',
  'ORACLE_SID=ORCL',
  'sid: XE',
  'totp: drift 1',
  'psk: cipher suite chosen',
  'tls-psk: identity=node1',
  'passwordCredentials: []',
  'credentials: {}',
  'cache_key=views_home_v2',
  'window_key=aB3xYz9qT7',
  'node --max-old-space-size=256 -p 8080 -t app',
  'tool -k eth0 -s 3 -w 10 -t web1',
  'cat <<< "hello world"',
  'diff <(echo one) <(echo two)',
];

describe('a fact beside it', () => {
  it.each(SHOWN)('is left in %j', (line) => {
    expect(maskSecrets(line)).toBe(line);
  });
  it('is left in a command', () => {
    const command = ['CMD-SHELL', 'mysqladmin ping -u root --password=$$(cat /run/secrets/db_root_password)'];
    expect(maskCommand(command)).toEqual(command);
  });
});
