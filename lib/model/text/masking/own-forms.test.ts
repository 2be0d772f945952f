import { describe, expect, it } from 'vitest';
import { maskCommand } from './mask-command.ts';
import { maskSecrets } from './mask-secrets.ts';

/** Found by somebody who looked for what the other lists leave out. */
const SECRET = 'S3cr3tV4lue';

const HIDDEN: readonly string[] = [
  // Flags of one letter, written as one word.
  'curl -sfu elastic:S3cr3tV4lue http://x',
  'test "$(curl -su a:S3cr3tV4lue x)" = ok',
  'curl -fsSLuelastic:S3cr3tV4lue http://x',
  'curl -skb sid=S3cr3tV4lue http://x',
  'curl -kfsU a:S3cr3tV4lue -x p:8080 x',
  // What a program reads from another one.
  'echo S3cr3tV4lue | sudo -S ls',
  "printf 'S3cr3tV4lue' | sudo -kS x",
  'echo -n S3cr3tV4lue | docker login -u a --password-stdin r',
  'echo "S3cr3tV4lue" | gh auth login --with-token',
  'echo S3cr3tV4lue | kinit admin',
  'echo S3cr3tV4lue | gpg --batch --passphrase-fd 0 -d f',
  // Programs and directives.
  'mcrcon -p S3cr3tV4lue list',
  'rcon-cli -pS3cr3tV4lue list',
  'hive -p S3cr3tV4lue -e x',
  'primaryauth S3cr3tV4lue',
  'zkCli.sh addauth digest a:S3cr3tV4lue',
  // Forms.
  'password[]=S3cr3tV4lue',
  'user[password]=S3cr3tV4lue',
  'user%5Bpassword%5D=S3cr3tV4lue&x=1',
  'user%255Bpassword%255D=S3cr3tV4lue',
  // Elements with attributes.
  '<wsse:Password Type="x">S3cr3tV4lue</wsse:Password>',
  '<Password encoding="plain">S3cr3tV4lue</Password>',
  '<ns1:apiKey xmlns:ns1="u">S3cr3tV4lue</ns1:apiKey>',
  // Sentences.
  'root password is set to S3cr3tV4lue',
  'the password has been changed to S3cr3tV4lue',
  'admin password was reset to S3cr3tV4lue',
  'password updated to S3cr3tV4lue',
  // Other languages.
  'contrase\u00f1a: S3cr3tV4lue',
  '\u041f\u0430\u0440\u043e\u043b\u044c: S3cr3tV4lue',
  '\u5bc6\u7801\uff1aS3cr3tV4lue',
  '\u5bc6\u78bc=S3cr3tV4lue',
  '\u30d1\u30b9\u30ef\u30fc\u30c9: S3cr3tV4lue',
  '\ube44\ubc00\ubc88\ud638: "S3cr3tV4lue"',
  'has\u0142o: S3cr3tV4lue',
  'heslo: S3cr3tV4lue',
  'parola: S3cr3tV4lue',
  'salasana: S3cr3tV4lue',
  'l\u00f6senord = S3cr3tV4lue',
  '\u015eifre: S3cr3tV4lue',
  '{"\u5bc6\u7801":"S3cr3tV4lue","a":1}',
  // Known before, and not to be lost.
  'SENTINEL SET m auth-pass S3cr3tV4lue',
  'HELLO 3 AUTH default S3cr3tV4lue',
  'http://h:8123/?user=a&password=S3cr3tV4lue&query=1',
  "CREATE SUBSCRIPTION s CONNECTION 'host=h password=S3cr3tV4lue'",
  'GENERATED ROOT PASSWORD: S3cr3tV4lue',
  'Please use the following password to proceed:\n\nS3cr3tV4lue\n\nThis may be found at x',
  'mount -o username=a,password=S3cr3tV4lue',
  '{:password "S3cr3tV4lue"}',
  '%{password: "S3cr3tV4lue"}',
  'ENV DB_PASSWORD S3cr3tV4lue',
  'userPassword:: S3cr3tV4lue',
  'PresharedKey = S3cr3tV4lue',
  // Shares and other devices, whose addresses have no scheme, and options of mounts and volumes.
  '//user:S3cr3tV4lue@nas/share',
  '//user:S3cr3tV4lue@[fe80::1]/share',
  '//joe:p@S3cr3tV4lue@nas/share',
  '//joe:p/S3cr3tV4lue@nas/share',
  '//CORP;user:S3cr3tV4lue@nas/share',
  '//CORP\\login:S3cr3tV4lue@nas/share',
  '//user%S3cr3tV4lue@nas/share',
  '\\\\user:S3cr3tV4lue@nas\\share',
  '\\\\\\\\user:S3cr3tV4lue@nas\\\\share',
  '//joe:S3cr3tV4lue',
  'file:////user:S3cr3tV4lue@nas/share',
  'http://proxy//user:S3cr3tV4lue@nas/share',
  '{"device":"//user:S3cr3tV4lue@nas/share"}',
  '{"device":"joe:S3cr3tV4lue@nas:/export"}',
  'mount //user:S3cr3tV4lue@nas/share:/var/lib/docker/volumes/x/_data, data: addr=nas: permission denied',
  'o=username=joe,password=S3cr3tV4lue,vers=3.0',
  'type=volume,source=x,volume-opt=o=username=joe\\,password=S3cr3tV4lue',
  'map[device://nas/share o:addr=nas,username=joe,password=S3cr3tV4lue type:cifs]',
  'addr=nas,user=joe%S3cr3tV4lue,rw',
  'username=CORP/joe%S3cr3tV4lue',
  'name=admin,secret=S3cr3tV4lue',
  // Log drivers.
  'sumo-url=https://endpoint1.collection.eu.sumologic.com/receiver/v1/http/S3cr3tV4lue==',
  'https://logs-01.loggly.com/inputs/S3cr3tV4lue/tag/http/',
  'log-opts map[splunk-token:S3cr3tV4lue splunk-url:https://h]',
];

const COMMANDS: readonly (readonly string[])[] = [
  ['CMD', 'http', '-a', 'a:S3cr3tV4lue', 'x'],
  ['CMD', 'mc', 'alias', 'set', 'x', 'http://h', 'a', 'S3cr3tV4lue'],
  ['CMD', 'curl', '-sfu', 'a:S3cr3tV4lue', 'http://x'],
  ['CMD', 'curl', '-sfua:S3cr3tV4lue', 'http://x'],
  ['CMD-SHELL', 'echo S3cr3tV4lue | sudo -S test'],
  ['CMD', 'mcrcon', '-p', 'S3cr3tV4lue', 'list'],
];

const LEFT: readonly string[] = [
  'curl -sfL http://x:80/a@b',
  'curl -sfo /dev/null http://x:80/',
  'curl -fsS -w "%{http_code}" http://x',
  'echo ruok | nc localhost 2181',
  'echo PING | redis-cli',
  'echo ok | sudo tee /tmp/x',
  'printf "%s" done | cat',
  'the password is set to expire in 3 days',
  'passwords[] are arrays',
  '<Password Type="x"/>',
  'unexpected <token of a list> in line 3',
  '\u043f\u0430\u0440\u043e\u043b\u044c \u0441\u0431\u0440\u043e\u0448\u0435\u043d',
  '\u5bc6\u7801\u9519\u8bef',
  `\u5bc6\u7801: \${PASSWORD}`,
  '//nas:445/share',
  '//joe@nas/share',
  '//user1@nas/share@backup',
  '// see https://example.com/a@b',
  '/mnt//data/x:y and more',
  'mount //nas/share:/var/lib/docker/volumes/x/_data: no such device',
  '//cdn.example/npm/a@1.2:b ok',
  'GET /items?user=joe&share=10%25 200',
  'user=%s is unknown',
  'C:\\\\Windows\\x:y is not there',
];

describe('more forms', () => {
  it.each(HIDDEN)('hides %j', (text) => expect(maskSecrets(text)).not.toContain(SECRET));
  it.each(COMMANDS)('hides a word of %j', (...words) =>
    expect(maskCommand(words).join(' ')).not.toContain(SECRET),
  );
  it.each(LEFT)('leaves %j', (text) => expect(maskSecrets(text)).toBe(text));
});
