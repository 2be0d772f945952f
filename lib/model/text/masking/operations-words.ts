/**
 * Ordinary words of operations. Where only the place of a word could make it a secret (`login bob …`, `PASS …`), one
 * of these is none: somebody tells what happened.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** How somebody gets in, and through what: no user is called so. */
const WAYS =
  words(`ssh ssl tls mtls tcp udp http https websocket grpc rest api apis rpc ldap ldaps radius tacacs kerberos krb5 gssapi
  ntlm saml saml2 oidc oauth oauth2 openid sso mfa totp 2fa u2f webauthn fido fido2 passkey passkeys publickey pubkey
  password passwords passcode username email e-mail mail sms phone magic-link magiclink keyboard-interactive hostbased
  cookie cookies session sessions jwt bearer certificate certificates cert certs x509 device qr pam unix socket plain
  login digest basic scram cram
  aws gcp gke eks aks google github gitlab gitea bitbucket facebook twitter apple microsoft azure azuread entra okta auth0 onelogin discord
  slack linkedin steam
  console tty shell terminal web webui ui gui cli app mobile desktop browser android ios iphone ipad windows linux macos
  ftp ftps sftp scp rsync smtp imap pop3 nfs smb cifs vnc rdp telnet spnego sasl negotiate security-key pki
  office backoffice intranet extranet laptop tablet kiosk vpn watch tv desktop-app mobile-app
  firefox chrome chromium safari edge opera curl
  proxy gateway host node page form screen panel portal dashboard frontend backend middleware sidecar service server
  rate flow process task module handler component provider plugin endpoint route router realm tenant zone region`);

/** What runs, what it is made of, and what is checked of it. */
const THINGS =
  words(`docker swarm kubernetes k8s k3s helm podman containerd compose container containers pod pods cluster clusters
  nodes replica replicas manager managers worker workers agent agents leader follower primary secondary standby
  quorum raft shard shards sentinel sentinels peer peers mesh ingress egress overlay bridge network networks subnet
  vlan dns dhcp ntp smtp imap pop3 ftp sftp nfs smb vpn wireguard ipsec firewall router switch interface loopback
  postgres postgresql mysql mariadb mongo mongodb redis valkey keydb memcached sqlite cassandra elasticsearch opensearch
  kafka rabbitmq nats mqtt zookeeper etcd consul vault nomad keycloak dex authelia authentik traefik nginx haproxy caddy
  envoy istio apache grafana prometheus loki tempo jaeger zipkin minio ceph gluster jenkins drone argo argocd flux harbor
  registry nexus sonarqube wordpress nextcloud kibana logstash filebeat fluentd
  database databases db table tables schema schemas index indexes migration migrations query queries transaction
  transactions replication snapshot snapshots backup backups restore archive volume volumes disk disks storage bucket
  buckets cache caches queue queues topic topics broker brokers stream streams consumer consumers producer producers
  event events message messages job jobs cron scheduler pipeline pipelines stage stages step steps build builds deploy
  deployment deployments release releases rollout rollback canary image images layer layers artifact artifacts package
  packages config configs configuration settings setting env environment variable variables secret secrets token tokens
  key keys keyring keystore truststore identity identities role roles group groups account accounts tenant policy policies
  acl acls rule rules scope scopes permission permissions quota quotas limit limits limiter throttle timeout retry retries
  handshake heartbeat keepalive probe probes health healthcheck healthchecks healthz livez readyz liveness readiness
  startup shutdown restart reload bootstrap init setup install upgrade uptime downtime latency throughput metric metrics
  trace traces tracing span spans log logs logger alert alerts audit audits report reports status state states mode modes
  hook hooks webhook webhooks callback callbacks redirect redirects dialog modal view views widget menu banner link links
  prompt input output client clients user users superuser team teams project projects workspace
  checksum checksums hash hashes signature signatures lint linter compile compiler unit units smoke smoketest e2e
  integration regression conformance compliance sanity parity benchmark benchmarks performance coverage contract contracts
  fixture fixtures suite suites scenario scenarios tests testing basic spec specs case cases check checks verify verifier
  format types typecheck parse parser render lighthouse a11y security vulnerabilities scan scans scanner dependencies
  criteria criterion verdict ticket tickets packet packets phase phases round rounds result results summary total
  exchange negotiation lifetime rollover renewal rotation expiry expiration refresh sync sequence mismatch identifier
  orders order payments payment billing invoice invoices cart checkout catalog inventory products search upload download
  uploads downloads import imports export exports http2 http3 ipv4 ipv6
  strict weekly daily monthly hourly yearly medium high low unlimited internal external local remote
  global dynamic static online offline ready active passive idle busy up down
  cleartext plaintext hashed salted encrypted encryption decryption algorithm bcrypt scrypt argon2 pbkdf2 md5 sha1 sha256
  sha512 crypt nick nickname visited
  kernel kernels memory swap cpu cpus gpu gpus core cores disk filesystem filesystems mount mounts partition inode inodes
  diskspace space entropy clock timezone locale time date uptime hostname hostnames iptables nftables ebpf sysctl ulimit
  ulimits cgroup cgroups namespace namespaces seccomp apparmor selinux capability capabilities arm64 amd64 x86 x86_64
  platform platforms arch architecture driver drivers device devices bios firmware hardware sensor sensors temperature
  fan power battery process processes pid pids fork signal signals zombie core-dump coredump stack heap buffer buffers
  connection connections pool pools socket sockets port ports address addresses packet bandwidth congestion route routes
  discovery resolver resolvers lookup domain domains record records zone zones origin origins balancer loadbalancer
  cors csrf csp xss hsts waf captcha throttle throttling rbac abac
  request requests response responses header headers body bodies payload payloads cookie method methods path paths url urls
  exporter exporters collector collectors scraper scrapers hasher encoder decoder encoders decoders serializer serializers
  telemetry histogram histograms counter counters gauge gauges latencies percentile percentiles dashboard dashboards
  warmup warmups cooldown backoff failover fallback recovery drain drains eviction evictions election elections vote votes
  engine engines mounts adapter adapters connector connectors extension extensions addon addons filter filters
  interceptor interceptors resolver controller controllers reconciler operator operators scheduler schedulers executor
  executors runner runners dispatcher dispatchers listener listeners handler handlers helper helpers daemon daemons
  subsystem subsystems library libraries runtime runtimes binary binaries script scripts command commands argument
  arguments option options flag flags parameter parameters property properties attribute attributes
  viewer viewers editor editors reader readers writer writers member members owner owners admin-panel
  page pages layout layouts template templates theme themes locale translation translations asset assets bundle bundles
  document documents file files folder folders directory directories attachment attachments upload
  customer customers subscriber subscribers subscription subscriptions notification notifications mailer
  report reporter calendar chat comment comments feed feeds post posts tag tags category categories
  graphql openapi swagger websocket websockets protobuf thrift soap xml json yaml toml csv html css geoip geo map maps
  inbox outbox mailbox ledger wallet weather catalogue wishlist checkout shipping shipment shipments delivery deliveries
  refund refunds tax taxes price prices pricing discount discounts coupon coupons currency currencies stock
  sandbox staging production development preprod preview demo nightly beta alpha preflight postflight dryrun
  pagination paging sorting sorter ordering sharding batching batch batches chunk chunks frame frames beacon beacons
  shim shims wrapper wrappers bridge bridges facade stub stubs mock mocks chain chains ring rings graph graphs tree trees
  node leaf edge edges vertex queue-depth workload workloads daemonset statefulset replicaset configmap configmaps
  crontab systemd journald syslog rsyslog logrotate inotify udev kubelet kubectl etcdctl coredns calico cilium flannel
  weave istiod pilot mixer citadel galley sidecars initdb vacuum analyze checkpoint checkpoints wal journal
  tablespace keyspace collection collections aggregation cursor cursors bulk indexer indexers crawler crawlers
  prober watchdog watcher watchers monitor monitors observer observers supervisor supervisors janitor reaper cleaner
  unbounded bounded sorted unsorted nullable readonly readwrite append
  memory-limit cpu-limit minlen maxlen`);

/** The names of algorithms, whose digits make them look like secrets. */
const ALGORITHM =
  /^(?:(?:scram-|hmac-)?(?:sha-?(?:1|2|3|224|256|384|512)|md[45])(?:-crypt)?|ssha\d{0,3}|b?crypt|yescrypt|scrypt|argon2(?:id|i|d)?|pbkdf2(?:[-_]sha\d{1,3})?|aes-?\d{3}(?:-\w{3})?|rsa-?\d{4}|(?:ssh-)?ed25519|x25519|p-?256)$/i;
/** What is made of a word to say what is checked: `readiness`, `connectivity`, `conformance`. */
const ABSTRACT = /[a-z]{3,}(?:ness|ance|ence|ics|check|test|sum)$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:]{2,40})(?:[:/]\d{1,5})?$/i;

export const isAlgorithm = (word: string): boolean => word.length <= 24 && ALGORITHM.test(trim(word));
/** `shop_db_v4`: what an object of Docker that is replaced is called. */
export const isVersion = (word: string): boolean => word.length <= 64 && VERSION.test(word);
const VERSION = /^[a-z]+(?:[_.-][a-z]+)*[_.-]v\d{1,4}$/;
export const isAddress = (word: string): boolean => word.length <= 48 && ADDRESS.test(word);

/** A way in, or a part of a program, that no user is called. */
export const isWayIn = (word: string): boolean => WAYS.has(trim(word).toLowerCase());

/** A word of operations, or several with hyphens between. */
export function isOfOperations(word: string): boolean {
  if (word.length > 40) return false;
  const small = trim(word).toLowerCase();
  if (isKnown(small) || ALGORITHM.test(small) || ABSTRACT.test(small)) return true;
  return /[-_/]/.test(small) && small.split(/[-_/]/).every(isKnown);
}

const isKnown = (word: string): boolean => WAYS.has(word) || THINGS.has(word);
const trim = (word: string): string => word.slice(0, 64).replace(/[.,;:!?)\]"'`]{1,4}$/, '');
