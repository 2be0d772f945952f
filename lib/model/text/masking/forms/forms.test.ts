import { describe, expect, it } from 'vitest';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { MASK, maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';

/** Forms in which images, probes and logs show a secret. */
const SECRET = 'S3cr3tV4lue';

const HIDDEN: readonly [form: string, text: string][] = [
  ['mongosh -p', 'mongosh -u root -p S3cr3tV4lue --eval ping'],
  ['mongo -pX', 'mongo admin -uroot -pS3cr3tV4lue'],
  ['mysqlcheck -pX', 'mysqlcheck -uroot -pS3cr3tV4lue'],
  ['mysqldump -pX', 'mysqldump -uroot -pS3cr3tV4lue db'],
  ['mysqlshow -pX', 'mysqlshow -uroot -pS3cr3tV4lue'],
  ['redis-cli --pass', 'redis-cli --pass S3cr3tV4lue ping'],
  ['REDISCLI_AUTH', 'REDISCLI_AUTH=S3cr3tV4lue redis-cli ping'],
  ['valkey-cli -a', 'valkey-cli -a S3cr3tV4lue ping'],
  ['keydb-cli -a', 'keydb-cli -a S3cr3tV4lue ping'],
  ['redis-cli | AUTH', 'redis-cli <<< "AUTH S3cr3tV4lue"'],
  ['curl Cookie', 'curl -H "Cookie: session=S3cr3tV4lue" http://x'],
  ['curl --oauth2-bearer', 'curl --oauth2-bearer S3cr3tV4lue http://x'],
  ['httpie -a', 'http -a admin:S3cr3tV4lue GET http://x'],
  ['Authorization raw', 'curl -H "Authorization: S3cr3tV4lue" http://x'],
  ['Authorization Bearer json array', '"Authorization":["Bearer S3cr3tV4lue"]'],
  ['plain bearer', 'sending Bearer S3cr3tV4lue to api'],
  ['ADO Password with special', 'Server=db;Password=abc&S3cr3tV4lue;'],
  ['jdbc oracle', 'jdbc:oracle:thin:scott/S3cr3tV4lue@//db:1521/x'],
  ['sqlcmd -P quoted', '/opt/mssql-tools/bin/sqlcmd -S localhost -U sa -P "S3cr3tV4lue" -Q "SELECT 1"'],
  ['url pw with slash', 'postgresql://u:ab/S3cr3tV4lue@h/db'],
  ['rabbitmqctl auth', 'rabbitmqctl authenticate_user guest S3cr3tV4lue'],
  ['rabbitmqctl change_password', 'rabbitmqctl change_password a S3cr3tV4lue'],
  ['erlang --erlang-cookie', 'rabbitmqctl --erlang-cookie S3cr3tV4lue status'],
  ['ldapsearch -w', 'ldapsearch -x -D cn=admin -w S3cr3tV4lue -b dc=x'],
  ['ldapwhoami -w', 'ldapwhoami -H ldap://x -D cn=admin -wS3cr3tV4lue'],
  ['cqlsh -p', "cqlsh -u cassandra -p S3cr3tV4lue -e 'x'"],
  ['influx -t', 'influx ping -t S3cr3tV4lue'],
  ['etcdctl --user', 'etcdctl --user root:S3cr3tV4lue endpoint health'],
  ['mosquitto_sub -P', 'mosquitto_sub -u a -P S3cr3tV4lue -t x'],
  ['sshpass -p', 'sshpass -p S3cr3tV4lue ssh x'],
  ['snmp -c', 'snmpget -v2c -c S3cr3tV4lue localhost x'],
  ['snmp -A', 'snmpget -v3 -u a -A S3cr3tV4lue localhost x'],
  ['openssl -passin', 'openssl rsa -passin pass:S3cr3tV4lue -in k'],
  ['htpasswd', 'htpasswd -vb f admin S3cr3tV4lue'],
  ['docker login -p', 'docker login -u a -p S3cr3tV4lue reg'],
  ['neo4j cypher-shell -p', "cypher-shell -u neo4j -p S3cr3tV4lue 'RETURN 1'"],
  ['url ?key', 'https://maps/api?key=S3cr3tV4lue'],
  ['url ?X-Amz-Signature', 'https://s3/x?X-Amz-Signature=S3cr3tV4lue'],
  ['url ?code', 'https://fn.azurewebsites.net/api/x?code=S3cr3tV4lue'],
  [
    'Azure AccountKey',
    'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=S3cr3tV4lue;EndpointSuffix=x',
  ],
  ['Azure SAS', 'SharedAccessSignature=S3cr3tV4lue'],
  ['secretKey json', '{"secretKey":"S3cr3tV4lue"}'],
  ['api key blank', 'API key: S3cr3tV4lue'],
  ['api key blank2', 'apikey S3cr3tV4lue'],
  ['encryption_key', 'ENCRYPTION_KEY=S3cr3tV4lue'],
  ['SECRET_KEY_BASE', 'SECRET_KEY_BASE=S3cr3tV4lue'],
  ['SECRET_KEY', 'SECRET_KEY=S3cr3tV4lue'],
  ['APP_KEY', 'APP_KEY=base64:S3cr3tV4lue'],
  ['JWT_KEY', 'JWT_KEY=S3cr3tV4lue'],
  ['signing_key', 'signing_key=S3cr3tV4lue'],
  ['MASTER_KEY', 'MEILI_MASTER_KEY=S3cr3tV4lue'],
  ['password_hash suffix', 'PASSWORD_HASH=S3cr3tV4lue'],
  ['TOKEN_FOO suffix', 'TOKEN_GITHUB=S3cr3tV4lue'],
  ['PASSWORD1', 'PASSWORD1=S3cr3tV4lue'],
  ['DB_PASS:', 'DB_PASS: S3cr3tV4lue'],
  ['pass=', 'user=a pass=S3cr3tV4lue'],
  ['pass:', 'user: a, pass: S3cr3tV4lue'],
  ['pin', 'pin=S3cr3tV4lue'],
  ['passcode', 'passcode=S3cr3tV4lue'],
  ['otp', 'otp=S3cr3tV4lue'],
  ['cookie hdr', 'Set-Cookie: session=S3cr3tV4lue; Path=/'],
  ['sessionid', 'sessionid=S3cr3tV4lue'],
  ['webhook slack url', 'https://hooks.slack.com/services/T000/B000/S3cr3tV4lue'],
  ['discord webhook', 'https://discord.com/api/webhooks/123/S3cr3tV4lue'],
  ['telegram bot', 'https://api.telegram.org/bot123456:S3cr3tV4lue/getMe'],
  ['sentry DSN', 'https://S3cr3tV4lue@o0.ingest.sentry.io/1'],
  ['json truncated quote', '{"user":"a","password":"S3cr3tV4lue'],
  ['single truncated', "password='S3cr3tV4lue"],
  ['json in json', '{\\"password\\":\\"S3cr3tV4lue\\"}'],
  ['json in json number', '"{\\"token\\":\\"S3cr3tV4lue\\"}"'],
  ['json array', '{"tokens":["S3cr3tV4lue"]}'],
  ['json nested value', '{"password":{"value":"S3cr3tV4lue"}}'],
  ['yaml multi-word', 'password: correct S3cr3tV4lue'],
  ['yaml block', 'password: |\n  S3cr3tV4lue'],
  ['url-encoded', 'password%3DS3cr3tV4lue'],
  ['xml', '<password>S3cr3tV4lue</password>'],
  ['python repr bytes', "{'password': b'S3cr3tV4lue'}"],
  ['ruby hash str', '{"password"=abc"S3cr3tV4lue"}'],
  ['php array', '[password] => S3cr3tV4lue'],
  ['is', 'password is S3cr3tV4lue'],
  ['identified by', "CREATE USER a IDENTIFIED BY 'S3cr3tV4lue'"],
  ['pg password', "ALTER USER a PASSWORD 'S3cr3tV4lue'"],
  ['redis requirepass', 'requirepass S3cr3tV4lue'],
  ['masterauth', 'masterauth S3cr3tV4lue'],
  ['path-ish name', '/run/secrets/db_password=S3cr3tV4lue'],
  ['path name2', 'config/password=S3cr3tV4lue'],
  ['value with ,', 'PASSWORD=abc,S3cr3tV4lue'],
  ['value with )', 'PASSWORD=abc)S3cr3tV4lue'],
  ['value with }', 'PASSWORD=abc}S3cr3tV4lue'],
  ['value with |', 'PASSWORD=abc|S3cr3tV4lue'],
  ['value with ;', 'PASSWORD=abc;S3cr3tV4lue'],
  ['value with &', 'PASSWORD=abc&S3cr3tV4lue'],
  ["value with '", "PASSWORD=abc'S3cr3tV4lue"],
  ['value starts )', 'PASSWORD=)S3cr3tV4lue'],
  ['value spaces > 3', 'PASSWORD    =    S3cr3tV4lue'],
  ['tabs', 'PASSWORD\t\t\t\t=S3cr3tV4lue'],
  ['fullwidth', '\uff50assword=S3cr3tV4lue'],
  ['NUL', 'PASS\u0000WORD=S3cr3tV4lue'],
  ['zero width', 'password\u200b=S3cr3tV4lue'],
];

/** Known by their shape; put together here, so that no scanner takes them for real ones. */
const SHAPES: readonly [kind: string, ...parts: string[]][] = [
  ['openai sk-', 'sk', '-aB3dE5fG7hJ9kL1m', 'N2pQ4rS6tU8vW0xYzAbCdEfGhIjKlMnO'],
  ['openai sk-proj', 'sk', '-proj-aB3dE5fG7hJ9', 'kL1mN2pQ4rS6tU8vW0xYzAbCdEfGhIjKlMnO'],
  ['anthropic', 'sk', '-ant-api03-aB3dE5', 'fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAbCdEfG'],
  ['stripe live', 'sk', '_live_aB3d', 'E5fG7hJ9kL1mN2pQ4rS6'],
  ['stripe whsec', 'wh', 'sec_aB3dE5fG', '7hJ9kL1mN2pQ4rS6tU8vW0xY'],
  ['gitlab', 'gl', 'pat-aB3d', 'E5fG7hJ9kL1mN2pQ'],
  ['npm', 'np', 'm_aB3dE5fG7hJ', '9kL1mN2pQ4rS6tU8vW0xYzAbC'],
  [
    'github fine',
    'gi',
    'thub_pat_aB3dE5fG7hJ9kL1mN2pQ4r',
    '_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAbCdEfGhIjKlMnOpQrStUvWxYz',
  ],
  ['slack xoxe', 'xo', 'xe-aB3dE5fG', '7hJ9kL1mN2pQ4rS6tU8vW0'],
  ['google api', 'AI', 'zaaB3dE5fG7hJ', '9kL1mN2pQ4rS6tU8vW0xYzAb'],
  ['gcp oauth', 'ya', '29.aB3dE5fG7hJ9', 'kL1mN2pQ4rS6tU8vW0xYzAbCdEfG'],
  ['gcp GOCSPX', 'GO', 'CSPX-aB3dE5', 'fG7hJ9kL1mN2pQ4rS6tU8v'],
  ['sendgrid', 'SG', '.aB3dE5fG7hJ9kL1mN2pQ4r', '.aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAbCdEfGhIj'],
  ['mailgun', 'ke', 'y-aB3dE5fG7h', 'J9kL1mN2pQ4rS6tU8vW0xY'],
  ['hf', 'hf', '_aB3dE5fG7hJ', '9kL1mN2pQ4rS6tU8vW0xYzA'],
  ['vault', 'hv', 's.aB3dE5f', 'G7hJ9kL1mN2pQ4rS6'],
  ['digitalocean', 'do', 'p_v1_0123456789abcdef01', '23456789abcdef0123456789abcdef0123456789abcdef'],
  ['pypi', 'py', 'pi-AgEIcHlwaS5vcmcaB', '3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAbCdEfG'],
  ['telegram', '12', '3456789:aB3dE5f', 'G7hJ9kL1mN2pQ4rS6tU8vW0xYzAb'],
  ['azure ad secret', 'ab', 'c8Q~aB3dE5fG7', 'hJ9kL1mN2pQ4rS6tU8vW0xYzA'],
  ['SWMTKN', 'SW', 'MTKN-1-0123456789abcdef0123', '456789abcdef0123456789abcdef-abcdefghij012345678901234'],
  ['SWMKEY', 'SW', 'MKEY-1-aB3dE5fG7h', 'J9kL1mN2pQ4rS6tU8vW0xYzAbCdEfGhIj'],
  ['age key', 'AG', 'E-SECRET-KEY-1AB3DE5FG7H', 'J9KL1MN2PQ4RS6TU8VW0XYZABCDEFGHIJKLMNOPQRSTUVWXY'],
  ['new relic', 'NR', 'AK-AB3DE5F', 'G7HJ9KL1MN2PQ4RS6TU8'],
  [
    'PEM one line',
    '--',
    '---BEGIN RSA PRIVATE KEY----- M',
    'IIEvQIBADANBgkqhkiG9w0BAQEFAASC -----END RSA PRIVATE KEY-----',
  ],
  ['jwe 5part alg dir', 'ey', 'JhbGciOiJkaXIifQ..abcde', 'fgh12345678.abcdefgh12345678.abcdefgh12345678'],
];

/** Facts that somebody needs. */
const LEFT: readonly string[] = [
  'password authentication failed for user "app"',
  'token: expired at 2026-01-01T00:00:00Z',
  'password: must have 8 characters',
  'git@github.com:x',
  'mysqladmin ping -h localhost --password=$PW',
  'num_tokens=512',
  'access_key_rotation=30d',
  'redis-cli ping | grep -a PONG',
  'monkey: 12',
  'INFO tokenizer: loaded 32000',
  'mariadb -p -e x',
  'pwd: /srv/1',
  'FATAL: password authentication failed for user "postgres"',
  'secret "db_password" not found',
  'token bucket: 5 of 10 left',
  'error at http://api:8080/users@1.2.3/x',
  'curl -u http://x',
  'passed=12 failed=3',
  'secret_version=7',
  'password_expired=0',
  'api_key: 0 found',
  'DB_PASSWORD_FILE=/run/secrets/x',
  'redis-cli -h r -a $PW ping',
  'OLDPWD=/x',
  'invalid token: expected }',
  'secret: db_pw_v2 not found',
  'key=user:42 miss',
  'mysql -ping',
  'tokens=123 used',
  'bypass=1',
  'Healthcheck: token=ok 200',
  'token_ttl=3600',
  'passwd: 5 entries',
  'mysql: [ERROR] unknown option -port 3306',
  'hours pwd=/app',
  'credential: 401 Unauthorized',
];

describe('what images, probes and logs show of secrets', () => {
  it.each(HIDDEN)('hides %s', (_form, text) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(SECRET);
    expect(masked).toContain(MASK);
  });

  it('hides a password of letters alone', () => {
    expect(maskSecrets('password: onlyletterspw')).toBe(`password: ${MASK}`);
  });

  it.each(SHAPES)('hides the token of %s wherever it stands', (_kind, ...parts) => {
    const token = parts.join('');
    const masked = maskSecrets(`got ${token} from there`);
    expect(masked).toMatch(/^got .{0,32}•••.{0,32} from there$/);
    expect(masked).not.toContain(parts.at(-1));
  });

  it.each(LEFT)('leaves %j', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it.each([
    [['CMD', 'sqlcmd', '-P', SECRET]],
    [['CMD', 'x', '--password', `-${SECRET}`]],
    [['CMD', 'curl', '-H', 'X-Api-Key: onlyletters']],
  ])('hides a word of %j', (words) => {
    expect(maskCommand(words).at(-1)).toMatch(/^(?:X-Api-Key: )?-?•••$/);
  });
});
