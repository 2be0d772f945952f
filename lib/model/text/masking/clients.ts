/** The programs that take a secret as an argument, and where. */
export interface Client {
  /** Flags whose next word is a secret, one letter or several. */
  next: ReadonlySet<string>;
  /** Letters behind which the secret stands at once: `-pSECRET`. */
  joined: string;
  /** Flags whose value is `user:SECRET`, and the mark between them. */
  pairs: ReadonlyMap<string, string>;
  /**
   * Words after which, so many plain words on, the secret stands alone. An empty word: after the program itself. Two
   * words: the second where the first stands before it. `name.*`: whatever stands behind the dot.
   */
  plain: ReadonlyMap<string, number>;
  /** The plain word is `user:SECRET`, and without this mark no secret. */
  plainMark: string | null;
  /** So many plain words behind that one, another secret stands. */
  second: number;
  /** Flags after which, so many plain words on, the secret stands alone. */
  bare: ReadonlyMap<string, number>;
  /** Words behind which the value of each `name=value` is a secret. */
  assigns: ReadonlySet<string>;
  /** What it reads from its standard input is a secret. */
  reads: boolean;
  /** The mark in the first plain word behind which a secret stands: `scott/SECRET@db`. */
  firstPair: string | null;
  /** Flags that take a value which is no secret: it is no plain word. */
  takes: ReadonlySet<string>;
  /** One-letter flags that take no value, and so stand before others in one word: `-sfu`. */
  switches: string;
  /** Flags whose value may also be a port, which is none: what `-p` is differs between a program's versions. */
  ports: ReadonlySet<string>;
  /** Flags as Windows writes them: `/p:SECRET`. */
  slash: ReadonlySet<string>;
  /** Only behind one of these words: `docker login`. */
  after: ReadonlySet<string> | null;
}

interface Row {
  names: string;
  next?: string;
  joined?: string;
  pairs?: string;
  plain?: Record<string, number>;
  plainMark?: string;
  second?: number;
  bare?: Record<string, number>;
  assigns?: string;
  reads?: boolean;
  firstPair?: string;
  takes?: string;
  switches?: string;
  ports?: string;
  slash?: string;
  after?: string;
}

/** `-n`, `-nb`, `-Bbn`: where `htpasswd` prints, no file stands before the user. In any order, with one kind of hash. */
function toPrintingFlags(kinds: string): string[] {
  const withHash = [...kinds].flatMap((kind) => {
    const places = ['nb', 'bn'].flatMap((both) =>
      [0, 1, 2].map((at) => both.slice(0, at) + kind + both.slice(at)),
    );
    return [...places, `n${kind}`, `${kind}n`];
  });
  return ['n', 'nb', 'bn', ...withHash];
}

const ROWS: readonly Row[] = [
  // Databases.
  {
    names: `mysql mysqladmin mysqldump mysqlcheck mysqlshow mysqlimport mysqlslap mysqlbinlog mysqlpump mysqlsh mysql_upgrade
      mysql_config_editor mysqlrouter mysqlx mysqlhotcopy mariadb mariadb-admin mariadb-dump mariadb-check mariadb-show
      mariadb-import mariadb-slap mariadb-binlog mariadb-backup mariadb-upgrade mariabackup xtrabackup innobackupex
      mytop mysqltuner garbd`,
    joined: 'p',
  },
  { names: 'mydumper myloader check_mysql check_mysql_health check_mysql_query', next: 'p', joined: 'p' },
  {
    names: `mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles mongoperf
      bsondump`,
    next: 'p',
    joined: 'p',
  },
  {
    names: `redis-cli redis-benchmark valkey-cli valkey-benchmark keydb-cli keydb-benchmark keydb-diagnostic-tool
      dragonfly garnet-cli rdbtools iredis sentinel-cli memtier_benchmark redis-dump redis-shake`,
    next: 'a pass',
    joined: 'a',
  },
  { names: 'sqlcmd bcp osql tsql bsqldb freebcp mssql-cli', next: 'P', joined: 'P' },
  { names: 'sqlpackage SqlPackage', next: 'P', joined: 'P', slash: 'sp tp sourcepassword targetpassword' },
  { names: 'isql iusql', next: 'P', joined: 'P', plain: { '': 3 }, takes: 'U S D i' },
  {
    names:
      'cqlsh cqlsh.py cbq couchbase-cli cbstats cbbackup cbbackupmgr cypher-shell hdbsql exaplus beeline dse arangosh hive',
    next: 'p',
    joined: 'p',
  },
  { names: 'nodetool', next: 'pw p' },
  { names: 'neo4j-admin', plain: { 'set-initial-password': 1 } },
  { names: 'influx influxd influxd-ctl', next: 't token p password', joined: 't', ports: 'p' },
  { names: 'asadm asinfo aql asbackup asrestore asbench', next: 'P', joined: 'P' },
  { names: 'vsql', next: 'w', joined: 'w' },
  {
    names:
      'clickhouse clickhouse-client clickhouse-local clickhouse-benchmark trino presto isql-fb fbsql gsec gbak',
    next: 'pa pas password',
  },
  { names: 'sqlplus sqlldr exp imp expdp impdp rman tnsping sql', firstPair: '/' },
  { names: 'db2 db2cli clpplus', next: 'p' },
  { names: 'ttisql etcd-dump tarantoolctl', next: 'p' },
  { names: 'etcdctl etcdutl rqlite', pairs: 'user : u :', plain: { 'user add': 1 }, plainMark: ':' },
  // Queues.
  {
    names:
      'rabbitmqctl rabbitmq-diagnostics rabbitmqctl.bat rabbitmq-plugins rabbitmq-queues rabbitmq-upgrade',
    plain: { authenticate_user: 2, change_password: 2, add_user: 2, hash_password: 1 },
    takes: 'p n t vhost node timeout longnames',
  },
  { names: 'rabbitmqadmin check_rabbitmq', next: 'p', joined: 'p' },
  { names: 'mosquitto_sub mosquitto_pub mosquitto_rr mqtt mqttx', next: 'P pw', joined: 'P' },
  { names: 'emqx emqx_ctl', plain: { 'admins add': 2, 'admins passwd': 2 } },
  { names: 'mosquitto_passwd', plain: { '': 3 } },
  { names: 'nats nats-top nats-bench stan', next: 'pass' },
  { names: 'nats-server gnatsd nats-streaming-server', next: 'auth pass' },
  { names: 'activemq artemis artemis-cli', next: 'p' },
  // HTTP.
  {
    names: 'curl curlie hurl',
    next: 'oauth2-bearer pass proxy-pass tlspassword proxy-tlspassword b cookie',
    joined: 'b',
    switches: 'sSfkLgIivnNqGjlOaBpRJ012346#',
    pairs: 'u : user : U : proxy-user : E : cert :',
  },
  { names: 'http https httpie xh xhs wuzz', pairs: 'a : auth :' },
  {
    names: 'wget wget2 aria2c axel lynx',
    next: 'http-passwd ftp-passwd http-password proxy-passwd',
    pairs: 'auth : pauth :',
  },
  { names: 'ab siege hey', pairs: 'A : a : P :' },
  { names: 'check_http check_curl check_tcp', pairs: 'a : b :' },
  { names: 'fetch grpcurl websocat wscat', pairs: 'auth : basic-auth :' },
  // Directories and networks.
  {
    names: `ldapsearch ldapbind ldapwhoami ldapadd ldapmodify ldapdelete ldapcompare ldapexop ldapmodrdn ldapurl ldapvc ldapsh dsconf
      dsidm dsctl`,
    next: 'w',
    joined: 'w',
  },
  { names: 'ldappasswd', next: 'w s a', joined: 'wsa' },
  { names: 'check_ldap check_ldaps check_pgsql check_radius', next: 'P p', joined: 'P' },
  {
    names: `snmpget snmpgetnext snmpwalk snmpbulkget snmpbulkwalk snmpset snmpstatus snmptable snmptest snmptranslate
      snmptrap snmpinform snmpusm snmpvacm snmpdelta snmpdf snmpnetstat snmptop`,
    next: 'c A X 3m 3M 3k 3K',
    joined: 'cAX',
  },
  { names: 'check_snmp', next: 'C A X', joined: 'CAX' },
  { names: 'mcrcon rcon rcon-cli', next: 'p', joined: 'p' },
  { names: 'sshpass', next: 'p', joined: 'p' },
  {
    names: 'smbclient',
    next: 'pw-nt-hash',
    pairs: 'U % user % a %',
    plain: { '': 2 },
    takes: 'U user I W workgroup p port s t timeout D directory c command n l m b O A',
  },
  {
    names: 'rpcclient net winexe pth-winexe wbinfo smbcacls smbcquotas smbget smbtree nmblookup',
    next: 'pw-nt-hash',
    pairs: 'U % user % a %',
  },
  { names: 'sipsak sipp sngrep baresip linphonec', next: 'a ap au' },
  { names: 'smbmap crackmapexec netexec nxc evil-winrm', next: 'p' },
  { names: 'rdesktop', next: 'p', joined: 'p' },
  { names: 'xfreerdp xfreerdp3 wlfreerdp wlfreerdp3 sdl-freerdp sdl-freerdp3', slash: 'p pth gp' },
  { names: 'cmdkey wmic msdeploy schtasks schtasks.exe', slash: 'pass password p rp' },
  { names: 'psexec psexec64 paexec winrs', next: 'p', joined: '' },
  { names: 'plink pscp psftp putty.exe plink.exe pscp.exe', next: 'pw' },
  { names: 'supervisorctl', next: 'p' },
  { names: 'pdftk', plain: { user_pw: 1, owner_pw: 1, input_pw: 1 } },
  { names: 'ipmitool ipmi-sensors ipmipower ipmiutil bmc-info', next: 'P p k y', joined: 'P' },
  { names: 'kadmin', next: 'w', joined: 'w' },
  { names: 'radclient radwho', plain: { '': 3 } },
  { names: 'radtest', plain: { '': 2 }, second: 3 },
  { names: 'wpa_passphrase', plain: { '': 2 } },
  { names: 'nmcli', plain: { password: 1 } },
  { names: 'lftp lftpget ncftp ncftpget ncftpput', next: 'p', pairs: 'u , user ,' },
  { names: 'curlftpfs sshfs mount mount.cifs', pairs: '' },
  { names: 'vncpasswd vncdo vncdotool', next: 'p', reads: true },
  { names: 'ttyd gotty', pairs: 'c : credential :' },
  { names: 'ss-server ss-local ss-redir ss-tunnel ss-manager ssserver sslocal', next: 'k' },
  { names: 'zerotier-cli', joined: 'T' },
  {
    names: 'iscsiadm',
    plain: {
      'node.session.auth.password': 1,
      'node.session.auth.password_in': 1,
      'discovery.sendtargets.auth.password': 1,
      'discovery.sendtargets.auth.password_in': 1,
    },
  },
  // Keys, archives, passwords.
  {
    names: 'openssl',
    next: 'k K',
    plain: { passwd: 1 },
    takes: 'salt in',
    pairs: 'passin : passout : pass : password :',
  },
  {
    names: 'htpasswd',
    plain: { '': 3 },
    bare: Object.fromEntries(toPrintingFlags('Bmsdp25').map((flags) => [flags, 2])),
    takes: 'C r',
  },
  { names: 'mkpasswd', plain: { '': 1 }, takes: 'm method S salt R rounds P password-fd', next: 'p' },
  { names: 'htdigest grub-mkpasswd-pbkdf2 caddy', next: 'p plaintext' },
  { names: 'keytool jarsigner', next: 'storepass keypass srcstorepass deststorepass srckeypass destkeypass' },
  { names: 'ssh-keygen', next: 'N P', joined: 'NP' },
  { names: 'zip unzip zipcloak zipinfo', next: 'P', joined: 'P' },
  { names: '7z 7za 7zr 7zz p7zip arj', joined: 'p' },
  { names: 'rar unrar', joined: 'p', switches: 'h' },
  { names: 'qpdf pdftotext pdfinfo', next: 'upw opw', bare: { encrypt: 1 }, second: 1 },
  { names: 'ccrypt ccencrypt ccdecrypt ccat', next: 'K', joined: 'K' },
  { names: 'certutil pk12util', next: 'W K w' },
  { names: 'gpg gpg2', next: 'passphrase' },
  // Registries, clouds, clusters.
  {
    names: 'docker podman nerdctl buildah skopeo regctl docker-compose',
    next: 'p',
    joined: 'p',
    pairs: 'creds : src-creds : dest-creds :',
    takes: 'secret secret-add secret-rm',
    after: 'login',
  },
  {
    names: 'helm oras crane oc argocd flux ibmcloud cf gcrane cosign img',
    next: 'p s',
    joined: 'p',
    after: 'login',
  },
  { names: 'az', next: 'p s value', joined: 'p', after: 'login server flexible-server mi secret' },
  { names: 'doctl', next: 't access-token', after: 'auth' },
  { names: 'swift', next: 'K key' },
  {
    names: 'vault bao',
    plain: { login: 1, unseal: 1, unwrap: 1, 'token lookup': 1, 'token revoke': 1, 'token renew': 1 },
    assigns: 'kv put, kv patch',
  },
  {
    names: 'consul nomad',
    next: 'token encrypt vault-token consul-token',
    plain: { 'set-agent-token': 2 },
  },
  { names: 'mc mcli', plain: { 'alias set': 4, 'host add': 4, 'user add': 3 } },
  {
    names: 'rclone',
    plain: { obscure: 1, reveal: 1, pass: 1, password: 1, secret_access_key: 1, client_secret: 1 },
  },
  {
    names: 'aws',
    next: 'secret-string secret-binary token-code value master-user-password',
    plain: { aws_secret_access_key: 1, aws_session_token: 1, '*.aws_secret_access_key': 1 },
  },
  { names: 'gcloud', plain: { 'activate-refresh-token': 2 } },
  { names: 'kubectl', pairs: 'from-literal =' },
  { names: 'flyctl fly doppler infisical supabase', assigns: 'secrets set' },
  { names: 'gh glab', next: 'body b value v', after: 'secret variable' },
  { names: 'pulumi', bare: { secret: 2 } },
  { names: 'poetry', plain: { 'http-basic.*': 2, 'pypi-token.*': 1 } },
  {
    names: 'composer',
    plain: {
      'http-basic.*': 2,
      'github-oauth.*': 1,
      'gitlab-oauth.*': 1,
      'gitlab-token.*': 1,
      'bearer.*': 1,
      'bitbucket-oauth.*': 2,
    },
  },
  { names: 'cargo', plain: { login: 1 } },
  { names: 'gem', next: 'key' },
  { names: 'bw', next: 'session', plain: { unlock: 1, login: 2 }, takes: 'method code' },
  { names: 'dotnet', next: 'k api-key p', after: 'push source' },
  { names: 'frpc frps rathole', next: 't token' },
  { names: 'k3s rke2', next: 't token' },
  { names: 'elasticsearch-users', next: 'p' },
  { names: 'useradd usermod', next: 'p' },
  { names: 'slappasswd', next: 's' },
  { names: 'register_new_matrix_user', next: 'p' },
  { names: 'doveadm', next: 'p', plain: { 'auth test': 2, 'auth login': 2 }, takes: 's x a A u' },
  { names: 'samba-tool', plain: { 'user create': 2, 'user add': 2 } },
  { names: 'iwconfig', plain: { key: 1 } },
  { names: 'knife', next: 'P ssh-password' },
  { names: 'icinga2', next: 'ticket' },
  { names: 'kubeadm', next: 'certificate-key' },
  { names: 'ansible-vault', plain: { encrypt_string: 1 }, reads: true },
  { names: 'jenkins-cli jenkins-cli.jar', pairs: 'auth :' },
  { names: 'swaks', next: 'ap auth-password p' },
  { names: 'sendemail sendEmail', next: 'xp' },
  { names: 'ftp tnftp', plain: { user: 2 } },
  {
    names: `su sudo kinit cryptsetup chpasswd pdbedit elasticsearch-reset-password elasticsearch-keystore
      logstash-keystore kibana-keystore`,
    reads: true,
  },
  { names: 'filebrowser', plain: { 'users add': 2 } },
  { names: 'yarn', plain: { npmAuthToken: 1, npmAuthIdent: 1 } },
  { names: 'solr', pairs: 'u : credentials :' },
  { names: 'odoo odoo-bin', next: 'w' },
  { names: 'drone woodpecker-cli', next: 't' },
  { names: 'maxadmin maxctrl', next: 'p', joined: 'p' },
  { names: 'taos taosdump taosBenchmark', joined: 'p' },
  { names: 'twine', next: 'p', joined: 'p' },
  { names: 'grafana-cli grafana', plain: { 'reset-admin-password': 1 } },
  { names: 'airflow superset', next: 'p password' },
  { names: 'gitlab-runner', next: 'r registration-token t token' },
  { names: 'tailscale', next: 'authkey auth-key' },
  { names: 'cloudflared', next: 'token', plain: { 'service install': 1 } },
  { names: 'transmission-remote', pairs: 'n : auth :' },
  { names: 'surreal dolt mycli pgcli litecli tiup conan', next: 'p pass' },
  { names: 'jboss-cli jboss-cli.sh wsadmin asadmin add-user.sh', next: 'p password' },
  { names: 'svn hg cvs p4', next: 'P password', joined: 'P' },
  { names: 'ansible ansible-playbook', pairs: '' },
  { names: 'salt salt-call', plain: { 'shadow.set_password': 2, 'user.setpassword': 2 } },
  { names: 'ipa-client-install ipa-server-install', next: 'w a', takes: 'p' },
];

const toSet = (text: string | undefined): ReadonlySet<string> => new Set(text?.split(/\s+/).filter(Boolean));

/** Separated by commas: a phrase may have two words. */
const toPhrases = (text: string | undefined): ReadonlySet<string> =>
  new Set(text?.split(',').map((phrase) => phrase.trim()));

function toPairs(text: string | undefined): Map<string, string> {
  const parts = text?.split(/\s+/).filter(Boolean) ?? [];
  const pairs = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2)
    pairs.set(parts[index] ?? '', parts[index + 1] ?? '');
  return pairs;
}

const BY_NAME = new Map<string, Client>();
for (const row of ROWS) {
  const client: Client = {
    next: toSet(row.next),
    joined: row.joined ?? '',
    pairs: toPairs(row.pairs),
    plain: new Map(Object.entries(row.plain ?? {})),
    plainMark: row.plainMark ?? null,
    second: row.second ?? 0,
    bare: new Map(Object.entries(row.bare ?? {})),
    assigns: toPhrases(row.assigns),
    reads: row.reads === true,
    firstPair: row.firstPair ?? null,
    takes: toSet(row.takes),
    switches: row.switches ?? '',
    ports: toSet(row.ports),
    slash: toSet(row.slash),
    after: row.after === undefined ? null : toSet(row.after),
  };
  for (const name of toSet(row.names)) BY_NAME.set(name, client);
}

export const CLIENT_NAMES: readonly string[] = [...BY_NAME.keys()];

export const findClient = (name: string): Client | null => BY_NAME.get(name) ?? null;
