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
  '[password:protected] => §',
  '[token:App\\Conf:private] => §',
  '<entry><string>password</string><string>§</string></entry>',
  'cannot decrypt with key §',
  'Password ........ §',
  '| Variable | Value |\n|---|---|\n| DB_PASSWORD | § |',
  'ssh: password attempt bob/§',
  'pairing code: §',
  'PlainLoginModule required\n  user_admin="§";',
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
      'passwords:\n- §',
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

/** As their makers document them, in one case: put together, so that no scanner takes them for real ones. */
const DIGITS = '0123456789abcdef'.repeat(5);
const TOKENS: readonly string[] = [
  ['p8e-', DIGITS.slice(0, 32)],
  ['ico-', DIGITS.slice(0, 32)],
  ['s-s4t2ud-', DIGITS.slice(0, 64)],
  ['sk', '_', DIGITS.slice(0, 48)],
  ['sm_', 'pat_', DIGITS.slice(0, 16)],
  ['sgp', '_local_', DIGITS.slice(0, 40)],
  ['xaat', '-12345678-90ab-cdef-1234-567890abcdef'],
  ['sdk', '-12345678-90ab-cdef-1234-567890abcdef'],
  ['pat-na1', '-12345678-90ab-cdef-1234-567890abcdef'],
  ['ATTA', DIGITS.slice(0, 64)],
  ['API-', 'ABCDEFGHIJKLMNOPQRSTUVWXY2'],
  ['A3-', 'ABC123-DEF456-GHIJK-LMNOP-QRSTU-VWXYZ'],
  ['duffel', '_test_', DIGITS.slice(0, 43)],
  ['s.', 'cwjr4dlfzhqahfjlo5pw8mi7'],
].map((parts) => parts.join(''));

describe('a token of one case', () => {
  it('is told behind its mark', () => {
    expect(maskSecrets(`oc login --x ${['sha256', DIGITS.slice(0, 43)].join('~')}`)).toBe(
      `oc login --x sha256~${MASK}`,
    );
  });
  it.each(TOKENS)('is told by how it begins: %s', (token) => {
    expect(maskSecrets(`worker got ${token} from peer`)).toBe(`worker got ${MASK} from peer`);
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
  // as ZooKeeper, Hadoop, PostgreSQL, Traefik, Postfix and others really log
  '2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: 3200',
  '2015-07-29 19:04:29,071 - WARN  [SendWorker:188978561024:QuorumCnxManager$SendWorker@688] - Send worker leaving thread',
  '- Processed session termination for sessionid: 0x14ede63a5a70002',
  'WARN [LeaseRenewer:msrabi@msra-sa-41:9000] Failed to renew lease',
  'JobImpl: job_1445144423722_0020Job Transitioned from NEW to INITED',
  'JobImpl: Adding job token for job_1445144423722_0020 to jobTokenSecretManager',
  'NameSystem.allocateBlock: /user/root/randtxt4/_temporary/part-00011. blk_2513',
  'listening on addresses :[akka.tcp://sparkExecutorActorSystem@mesos-slave-07:55904]',
  'kernel[0]: ARPT: IO80211AWDLPeerManager::setAwdlAutoMode Resuming AWDL',
  'WindowManager: token=Token{546db40 ActivityRecord{de9231d u0',
  'Bad activity token: android.os.BinderProxy@8c1d5b',
  'wm.AppWindowToken.destroySurfaces:363 wm.WindowState',
  "sshd2[4769]: Now running on #8#root's privileges.",
  '2021-09-28 09:22:19.536 UTC:172.17.0.1(50662):app@shop:[127]:FATAL:  password authentication failed',
  '"ServiceAddr":"172.17.0.3:80","ServiceName":"test@docker","ServiceURL":{}',
  'Accepted publickey for bob from 10.0.0.1 port 56302 ssh2: RSA SHA256:kzfjfps/mDNxKDqmsHpiWfyPYR6fSPjkzIoqGVgSPWw',
  'Invalid username or password for user: admin',
  'Auth: [SMB2,(null)] user [WORKGROUP]',
  'IKE_AUTH response 1 [ IDr CERT CERT AUTH EAP/REQ/MSCHAPV2 ]',
  '{"sig":6,"AUID":"vagrant","visitor_auth_limiter_tokens":59.9,"visitor_id":"ip:127.0.0.1"}',
  '{"full_hash_pass":2128,"closed_pruned":0}',
  '"signature":"ET EXPLOIT Apache HTTP Server 2.4.49 - Path Traversal Attempt M1"',
  '<Data Name="SubjectUserSid">S-1-5-18</Data>',
  'classtype:bad-unknown; sid:2843816; rev:1;',
  'defs::borrowed<svc::messaging_session>, defs::owned<svc::x>',
  '"Cookie":["REDACTED"],"Sec-Fetch-Dest":["docu"]',
  '"fastly_server": "cache-hyd1100029-HYD"',
  '"etcd-version":"3.5.16","auth-token":"simple"}',
  'credentials: environment',
  'token = (known after apply)',
  'services.web.secrets contains an undefined secret: db_pass',
  'credential_process = /usr/bin/aws-vault',
  'dsn=postgres://db/app',
  '\tat auth.verifyToken (auth.js:3:9)',
  '{"token":{"valid":true,"expiresIn":3600}}',
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
