/** What an error of Docker's is about. */
export const ERROR_KINDS = [
  'node-unfit',
  'volume-drained',
  'container-gone',
  'name-taken',
  'control-groups',
  'cpuset',
  'kernel-keys',
  'mounts',
  'namespaces',
  'inotify',
  'disk-full',
  'disk-broken',
  'mount-in-read-only',
  'mount-twice',
  'log-driver',
  'port-taken',
  'port-address',
  'port-denied',
  'gateway-taken',
  'address-taken',
  'addresses-used-up',
  'attachment-missing',
  'network-left',
  'endpoint-left',
  'network-settings',
  'subnet-overlap',
  'subnets-used-up',
  'vxlan-left',
  'vxlan-port',
  'ipv6-off',
  'firewall-table',
  'firewall-held',
  'firewall-denied',
  'firewall',
  'bridge-full',
  'interface-missing',
  'attach-late',
  'network-missing',
  'kernel-module',
  'network',
  'secret',
  'config',
  'volume-plugin',
  'plugin-disabled',
  'plugin-missing',
  'plugin-silent',
  'volume-unknown-to-driver',
  'volume-server',
  'volume',
  'folder-missing',
  'folder-denied',
  'mount-mismatch',
  'mount',
  'gpu',
  'device',
  'runtime-unknown',
  'init-missing',
  'host-program',
  'capability',
  'sysctl',
  'security-profile',
  'host-limits',
  'host-setting',
  'hostname',
  'user',
  'group',
  'work-folder',
  'command-missing',
  'command-denied',
  'command-format',
  'interpreter-missing',
  'init-out-of-memory',
  'processes',
  'open-files',
  'memory',
  'exec-stopped',
  'systemd',
  'not-stopped',
  'runtime',
] as const;

export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface ErrorRow {
  kind: ErrorKind;
  /** Groups `object` and `with` are what it names. Every repetition has an end: the time it takes grows with the text alone. */
  pattern: RegExp;
}

const row = (kind: ErrorKind, pattern: RegExp): ErrorRow => ({ kind, pattern });

/**
 * Every text that is known to stand in a task's `Err`, a container's `State.Error` or the output of a probe that could
 * not run, across Docker 20.10 to 29: from the most telling to the least, since one often quotes another. The source of
 * each group is named above it. A text is listed only where the source says that it means this.
 */
export const ERROR_ROWS: readonly ErrorRow[] = [
  // Before all others: what follows is a name that somebody gave
  row(
    'folder-missing',
    /(?:bind source path does not exist|source path not found): (?<object>\S[^\n]{0,1023})/i,
  ),
  // swarmkit manager/orchestrator/{constraintenforcer,volumeenforcer}
  row('node-unfit', /assigned node no longer meets constraints/i),
  row('volume-drained', /attached to volume which is being drained/i),
  // moby executor/container/errors.go, daemon/errors.go, daemon/names.go
  row('container-gone', /no such container|dockerexec: container destroyed|is marked for removal/i),
  row('name-taken', /the container name "\/?(?<object>[^"]{1,255})" is already in use/i),

  // The kernel's ENOSPC and EDQUOT, which are no disk where a control group, a watch, a key or a mount is made (runc
  // libcontainer/{cgroups,keys,rootfs_linux}; fsnotify; mount(2): fs.mount-max)
  row(
    'inotify',
    /(?:inotify_\w{1,32}|\binotify (?:instance|watch)\w{0,3}|\b(?:create|init) (?:new )?inotify(?: fd)?)\b[^\n]{0,200}(?:no space left on device|too many open files)/i,
  ),
  // cgroups(7), cpuset: a process may join no group that has no processor or no memory node
  row('cpuset', /\/cgroup\.procs`?:[^\n]{0,32}no space left on device/i),
  row(
    'control-groups',
    /(?:\/sys\/fs\/cgroup\/|cgroup configuration)[^\n]{0,300}(?:no space left on device|cannot allocate memory)/i,
  ),
  row('kernel-keys', /(?:session key(?:ring)?\b|join keyctl)[^\n]{0,96}disk quota exceeded/i),
  row(
    'mounts',
    /(?:error creating overlay mount to \S{1,512}|mounting shm tmpfs|unable to setup secret mount|\bmount (?:src=)?\S{1,512}[^\n]{0,200}flags=?:? ?0x\w{1,16}[^\n]{0,64}?|\bmount `[^`\n]{1,512}` to `[^`\n]{1,512}`): no space left on device/i,
  ),
  // clone(2) and unshare(2): the kernel's limit of namespaces (user.max_*_namespaces), or of how deep they may nest
  row(
    'namespaces',
    /(?:fork\/exec \/proc\/self\/\S{1,32}|failed to unshare[^\n:]{0,64}|creat\w{1,4} (?:new |user |network )?namespaces?[^\n:]{0,32}|unknown: clone|failed: clone|\bunshare(?: [^\n:]{0,32})?): no space left on device/i,
  ),
  // moby volume/mounts: the folder of a bind mount is somebody's own, whatever its file system says
  row('folder-denied', /error while creating mount source path '(?<object>[^']{1,1024})'/i),
  // devmapper, of engines before 25: the pool of the engine's own disk
  row(
    'disk-full',
    /no space left on device|disk quota exceeded|not enough space on the disk|thin pool has \d{1,12} free (?:data|metadata) blocks which is less than minimum/i,
  ),
  // runc libcontainer/rootfs_linux.go: what a mount is laid over has to be there, or is made; the root file system itself is
  // made read-only after all mounts, so this is within another mount
  row(
    'mount-in-read-only',
    /\bmounting "[^"]{1,1024}" to rootfs at "(?<object>\/[^"]{1,1024})"[^\n]{0,600}read-only file system/i,
  ),
  row(
    'mount-in-read-only',
    /\bmounting [^\n]{0,1200}\/merged(?<object>\/[^\s"\\:]{1,600})[^\n]{0,64}read-only file system/i,
  ),
  row(
    'disk-broken',
    // The engine's own folders: a folder of somebody's may be called docker, too, and volumes have file systems of their own
    /(?:\/var\/lib\/docker\/(?!volumes\/[^/]{1,255}\/_data)|\/(?:overlay2|fuse-overlayfs|rootfs\/overlayfs|image\/overlay2|btrfs\/subvolumes|containers\/[0-9a-f]{64}|containerd\/(?:daemon|tmpmounts)|io\.containerd)\b)[^\n]{0,300}(?:read-only file system|input\/output error|structure needs cleaning)/i,
  ),

  // moby daemon/start.go, daemon/logger: driver and address where they are given
  row('log-driver', /error looking up logging plugin (?<object>[^\s:]{1,128})/i),
  row('log-driver', /no log driver named '?(?<object>[^'\s]{1,128})/i),
  row(
    'log-driver',
    /failed to initialize logging driver: (?<object>gelf|splunk|awslogs|syslog|journald|fluentd|gcplogs|logentries)\b[^\n]{0,400}?(?:endpoint:?|dial (?:tcp|udp|unix)|lookup) ?(?<with>[^\s,]{1,255}?)(?=[:,.]?(?:\s|$))/i,
  ),
  row(
    'log-driver',
    /failed to initialize logging driver: [^\n]{0,300}?(?:dial (?:tcp|udp|unix)|lookup) (?<with>[^\s,]{1,255}?)(?=[:,.]?(?:\s|$))/i,
  ),
  row(
    'log-driver',
    /failed to initialize logging driver: (?<object>gelf|splunk|awslogs|syslog|journald|fluentd|gcplogs|logentries)\b/i,
  ),
  row('log-driver', /failed to initialize logging driver|failed to create logger|unknown log opt/i),

  // moby libnetwork portallocator, portmapper, drivers/bridge; the proxy of 20.10; Docker Desktop; Windows
  row(
    'port-taken',
    /bind for \S{1,64}:(?<object>\d{1,5}) failed: (?:port is already allocated|unexpected error)/i,
  ),
  row(
    'port-taken',
    /failed to bind host port (?:for )?\S{0,45}?:(?<object>\d{1,5})[:/]\S{1,64}: address already in use/i,
  ),
  row(
    'port-taken',
    /listen (?:tcp|udp|sctp)[46]? \S{0,64}:(?<object>\d{1,5}): bind: (?:address already in use|only one usage)/i,
  ),
  // Windows keeps ranges of ports back for itself
  row(
    'port-denied',
    /exposing port (?:tcp|udp|sctp) \S{0,64}?:(?<object>\d{1,5})\b[^\n]{0,256}forbidden by its access permissions/i,
  ),
  row('port-taken', /exposing port (?:tcp|udp|sctp) \S{0,64}:(?<object>\d{1,5})/i),
  row('port-taken', /port is already allocated|all ports are allocated/i),
  row(
    'port-address',
    /(?:failed to bind host port (?:for )?|listen (?:tcp|udp)[46]? )(?<object>[^\s:]{1,45}):[^\n]{1,128}cannot assign requested address/i,
  ),
  row(
    'port-denied',
    /(?:failed to bind host port (?:for )?|listen (?:tcp|udp)[46]? )\S{0,45}?:(?<object>\d{1,5})[^\n]{1,128}permission denied/i,
  ),

  // moby libnetwork: network.go, ipam, drivers/overlay, drivers/bridge, endpoint.go; executor/container/adapter.go
  row('gateway-taken', /failed to allocate gateway \((?<object>[^)\s]{1,64})\): address already in use/i),
  row(
    'addresses-used-up',
    /no available (?:ipv[46] )?addresses on this network's address pools: (?<object>[^\s(]{1,255})/i,
  ),
  // agent/exec: also of a bug that gives a task no attachment though there are addresses (moby#44378)
  row('attachment-missing', /missing network attachments/i),
  row(
    'addresses-used-up',
    /no available addresses on this pool|could not find an available ip\b|no available ip addresses/i,
  ),
  row(
    'subnet-overlap',
    /overlay subnet (?<object>[^\s]{1,64}) (?:has conflicts in the host|failed check with)|networks have overlapping ipv[46]|requested (?:network|subnet (?<with>\S{1,64})) overlaps/i,
  ),
  row(
    'subnets-used-up',
    /could not find an available, non-overlapping|all predefined address pools have been fully subnetted/i,
  ),
  row(
    'subnet-overlap',
    /pool overlaps with other one on this address space|conflicts with existing route (?:\{Ifindex: \d{1,10} Dst: )?(?!0\.0\.0\.0\/0|::\/0)(?<object>[\da-f.:]{1,45}\/\d{1,3})/i,
  ),
  row(
    'vxlan-left',
    /(?:sandbox join failed for "?(?<object>[^"\s]{1,64})"?: )?error creating vxlan interface: file exists/i,
  ),
  // moby daemon/libnetwork/drivers/overlay/ov_network.go, createVxlan: another program, or another overlay, has its UDP port
  row(
    'vxlan-port',
    /(?:sandbox join failed for "?(?<object>[^"\s]{1,64})"?: )?(?:vxlan interface creation failed for subnet "?[^"\s]{1,64}"?: )(?:failed to set link up: )?address already in use/i,
  ),
  row('network-missing', /configuration network "(?<object>[^"]{1,255})" does not exist/i),
  // An endpoint of a container that is gone (moby#35281: the one at docker_gwbridge)
  row(
    'endpoint-left',
    /endpoint with name (?<object>[^\s"]{1,255}) already exists in network (?<with>[^\s":]{1,255})/i,
  ),
  row('network-left', /\bnetwork (?<object>[a-z0-9]{25}|[0-9a-f]{64}) exists\b/i),
  row(
    'network-settings',
    /invalid network config:\s{1,8}(?:invalid subnet (?<object>\S{1,64}): it should be (?<with>\S{1,64}))?/i,
  ),
  // drivers/{macvlan,ipvlan}: the parent that the network names
  row(
    'interface-missing',
    /the requested parent interface (?<object>[^\s:]{1,64}) was not found|-o parent interface (?:does )?was not found on the host: (?<with>[^\s:]{1,64})/i,
  ),
  row('bridge-full', /adding interface \S{1,32} to bridge (?<object>\S{1,32}) failed: exchange full/i),
  // Its kernel was started with ipv6.disable=1
  row('ipv6-off', /cannot read ipv6 setup for bridge|address family not supported by protocol/i),
  row(
    'firewall-table',
    /can't initialize ip6?tables table [`'"]?(?<object>\w{1,32})[^\n]{0,8}: table does not exist/i,
  ),
  // iptables(8), --wait: one program at a time writes rules; netlink answers EPERM where the engine may not at all
  row('firewall-held', /app is currently holding the xtables lock/i),
  row('firewall-denied', /\bip6?tables\b[^\n]{0,800}permission denied \(you must be root\)/i),
  row(
    'firewall',
    // A network, a service or a sysctl may have the name of the program
    /\b(?:iptables|ip6tables|nftables) failed: |libnftables: failed|nftables table is closed|\bip6?tables --wait |no chain\/target\/match by that name|unable to enable [^\n]{1,32}rule/i,
  ),
  row(
    'attach-late',
    /attaching to network failed|could not attach to network "?(?<object>[^\s:"]{1,255})"?: [^\n]{0,128}(?:deadline exceeded|timed? ?out)/i,
  ),
  row(
    'network-missing',
    /no such network: (?<object>[^\s"]{1,255})|network (?:id )?(?!sandbox )"?(?<with>[^\s":]{1,255})"? not found|could not find a network matching network mode \S{1,255}/i,
  ),
  row(
    'address-taken',
    /(?:could not allocate ip from ipam|requested ip address|failed to allocate (?:secondary ip )?address)[^\n]{0,128}(?:already in use|already allocated)/i,
  ),
  row(
    'address-taken',
    /^(?:starting container failed: )?(?:failed to (?:create|set up) [^:\n]{1,64}: )?address already in use$/i,
  ),
  row('open-files', /(?:sandbox|network)[^\n]{0,256}: too many open files/i),
  // ENOTSUPP of netlink: the kernel has no such link; br_netfilter by its files
  row(
    'kernel-module',
    /error creating (?<object>vxlan) interface: operation not supported|failed to (?:create|add) the (?<with>ipvlan|macvlan)[^\n]{0,128}operation not supported/i,
  ),
  row(
    'kernel-module',
    /ensure that (?:the )?(?<object>br_netfilter) kernel module|\/(?<with>bridge-nf-call)-ip6?tables: no such file/i,
  ),
  row(
    'network',
    /could not attach to network|network \S{1,255} is ambiguous|failed to update store for object type|bind-mount \/proc\/\d{1,10}\/ns\/net|failed to add interface|sandbox join failed|error creating (?:vxlan|external connectivity|network)|failed to set up container networking|failed programming external connectivity|could not (?:obtain vxlan id|find an? (?:available )?network)|pair interfaces|hns failed|hnscall failed|endpoint (?:create|join) on gw network failed|swarm scoped network when swarm is not active|failed to join network \S{1,255} [^\n]{0,128}into agent cluster|adding interface \S{1,32} to bridge \S{1,64} failed|failed to activate service binding for container|unable to complete atomic operation|failed to create a netlink handle|could not add veth pair|could not find an appropriate master|failed to create the (?:macvlan|ipvlan) port|is already using parent interface|is already present in sandbox|set network namespace|failed to set (?:ipv[46] )?gateway|updating gateway|setting up dnat\/snat rules|network sandbox (?:[^\n]{0,80} not found|does not exist for container)|cannot join secure network|ipv[46] (?:global |default )?forwarding is disabled|networks have same bridge name|could not find (?:subnet for endpoint|network with id)|\bnetwork (?:with name )?\S{1,255} (?:that )?already exists|failed to (?:set link (?:up|down)|get network (?:during|from store)|get driver during join|create bridge|get link by name|set namespace on link)\b|failed get network namespace|error setting interface|watch null for network|unknown network \S{1,255} id |ingress sandbox already present|failed to set ?up vxlan|failed to create network \S{1,255}: |failed to (?:create|get) (?:osl )?sandbox/i,
  ),

  // swarmkit agent/secrets, agent/configs; moby daemon/container_operations_unix.go
  row(
    'secret',
    /\bsecret (?:reference )?(?<object>[^\s:]{1,255}) not found|unable to get secret from secret store|not authorized to access secret (?<with>\S{1,64})|secret store is not initialized/i,
  ),
  row(
    'config',
    /(?<!image )\bconfig (?:reference )?(?<object>[^\s:]{1,255}) not found|unable to get config from config store|not authorized to access config (?<with>\S{1,64})/i,
  ),

  // moby volume/{local,mounts,service,drivers}; executor/container/{adapter,validate}.go; runc libcontainer/rootfs_linux.go
  row(
    'volume-plugin',
    /(?:create|get) (?<object>[^\s:]{1,255}): error looking up volume plugin (?<with>[^\s:]{1,255})/i,
  ),
  row(
    'volume-plugin',
    /error (?:looking up|while checking) volume plugin (?<with>[^\s:]{1,255})|volume driver not found: (?<object>\S{1,255})/i,
  ),
  // moby daemon/pkg/plugin/errors.go; pkg/plugins/client.go: the plugin is there, and does not answer on its socket
  row('plugin-disabled', /plugin "?(?<object>[^\s"]{1,255})"? (?:found but disabled|is disabled)/i),
  row('plugin-missing', /could not find plugin (?<object>[^\s"]{1,255}) in v1 plugin registry/i),
  row(
    'plugin-missing',
    /\bplugin "?(?<object>(?!(?:is|was|not)\b)[^\s":]{1,200}(?::[\w.-]{1,64})?)"? not found/i,
  ),
  row(
    'plugin-silent',
    /(?:create|get) (?<object>[^\s:"]{1,255}): post "?http:\/\/%2F\S{0,512}?(?:%2F|\/)(?<with>[\w.-]{1,64})\.sock\/volumedriver\.\w{1,16}"?: (?:dial unix|context deadline exceeded|eof|http: server)/i,
  ),
  row(
    'plugin-silent',
    /post "?http:\/\/%2F\S{0,512}?(?:%2F|\/)(?<with>[\w.-]{1,64})\.sock\/(?:volume|log)driver\.\w{1,16}"?: (?:dial unix|context deadline exceeded|eof|http: server)/i,
  ),
  row(
    'volume-unknown-to-driver',
    /found references? to volume '(?<object>[^']{1,255})' in driver '(?<with>[^']{1,255})' but the volume was not found/i,
  ),
  row(
    'volume-server',
    /volumes\/(?<object>[^/'\s]{1,255})\/_data[^\n]{0,300}?(?<![a-z])addr=(?<with>\[[\da-f:.]{1,64}\]|[\da-f]{0,4}:[\da-f:.]{0,63}[\da-f]|[^\s,:]{1,255})/i,
  ),
  row(
    'volume-server',
    /mount \/\/(?<with>[^/\s]{1,255})\/\S{0,512}?:\S{0,255}volumes\/(?<object>[^/'\s]{1,255})\/_data[^\n]{0,512}(?:host is down|timed out|no route to host|refused|unreachable|required key|permission denied)/i,
  ),
  row('volume-server', /error resolving passed in network volume address: lookup (?<with>[^\s:]{1,255})/i),
  row(
    'mount-mismatch',
    // Before runc 1.0, with as many backslashes as it was quoted
    /mounting \\{0,15}"(?<object>[^"\\]{1,1024})\\{0,15}" to rootfs[^\n]{0,600} at \\{0,15}"[^"\\]{0,600}\/(?:merged|rootfs)(?<with>\/[^"\\]{1,600})\\{0,15}"[^\n]{0,60}not a directory/i,
  ),
  row(
    'mount-mismatch',
    /\bmounting "(?<object>[^"]{1,1024})" to rootfs at "(?<with>[^"]{1,1024})"[^\n]{0,600}not a directory/i,
  ),
  // crun src/libcrun/linux.c
  row(
    'mount-mismatch',
    /\bmount `(?<object>\/[^`\n]{1,1024})` to `(?<with>[^`\n]{1,1024})`: not a directory/i,
  ),
  row('mount', /\bmount `(?<object>[^`\n]{1,1024})` to `[^`\n]{1,1024}`/i),
  // containerd continuity/fs, by which moby fills a new volume with what the image has there
  row('volume', /failed to (?:copy|set) xattrs?\b[^\n]{0,300}volumes\/(?<object>[^/'"\s:]{1,255})\/_data/i),
  // ESTALE: what a file server exported is another one now
  row('volume', /volumes\/(?<object>[^/'"\s:]{1,255})\/_data[^\n]{0,300}stale (?:nfs )?file handle/i),
  row(
    'mount',
    /(?:\bmounting ["']?|\bl?stat )(?<object>\/(?!\S{0,255}\/overlay)[^\s"':]{1,1024})[^\n]{0,600}stale (?:nfs )?file handle/i,
  ),
  // A file server that takes root for nobody (root_squash)
  row('volume', /\bl?ch(?:own|mod)\b[^\n]{0,32}volumes\/(?<object>[^/'"\s:]{1,255})\/_data/i),
  row('volume', /error while mounting volume '[^']{0,1024}?volumes\/(?<object>[^/']{1,255})/i),
  row('volume', /failed to mount local volume: mount [^\n]{0,512}?volumes\/(?<object>[^/\s]{1,255})/i),
  row(
    'volume',
    /(?:create|get) (?<object>[^\s:]{1,255}): (?:volumedriver\.\w{1,16}|no such volume|conflict|volume name|missing required option|missing device in volume|invalid option|unknown volume type|quota size requested|size quota requested|error (?:parsing mount|while (?:creating volume|persisting volume)))/i,
  ),
  row(
    'volume',
    /volumedriver\.\w{1,16}:|failed to mount local volume|error while mounting volume|failed to populate volume|no such volume|published path is unavailable|not authorized to access volume (?<object>\S{1,64})/i,
  ),
  row(
    'mount',
    /cannot mount volume over existing file, file exists \S{1,512}?(?:\/merged|\/rootfs|\/mnt\/[0-9a-f]{64})(?<object>\/\S{1,512})/i,
  ),
  row(
    'mount',
    /(?:invalid mount config for type "bind": stat|failed to fulfil mount request: open|error setting label on mount source|relabel failed) ['"]?(?<object>\/[^\s:'"]{1,1024})/i,
  ),
  // What each container gets of the kernel is nobody's volume; a tmpfs may be asked for
  row(
    'runtime',
    /\bmounting "(?:proc|sysfs|cgroup2?|mqueue|devpts|devtmpfs|shm|securityfs|bpf)" to rootfs|\bmounting "tmpfs" to rootfs at "\/dev"/i,
  ),
  // moby daemon/volume/safepath: a part of a volume (volume-subpath) that is not in it
  row('mount', /\bcannot access path (?<object>\/[^\s:"]{1,1024}): /i),
  row('mount', /\bmounting "tmpfs" to rootfs at "(?<object>\/[^"]{1,1024})"/i),
  // Docker Desktop: a folder that its machine does not see
  row('mount', /\bthe path (?<object>\/\S{1,1024})\s{1,8}is not shared from/i),
  row('mount', /\bmounts denied:/i),
  // moby daemon/oci_linux.go: also of secrets and configs, which may be mounted anywhere
  row('mount-twice', /duplicate mount point: (?<object>\/\S{1,1024})/i),
  // runc 1.0; moby volume/mounts
  row('mount', /(?:error evaluating symlinks from mount source|\bmounting) "(?<object>\/[^"]{1,1024})"/i),
  row(
    'mount',
    /invalid mount config|invalid (?:bind |volume )?mount (?:source|target)|error mounting "(?<object>[^"]{1,1024})"|but it is not a (?:shared|slave)|failed to chown(?! upper directory|:)|invalid characters for a local volume name/i,
  ),

  // moby daemon/{devices,nvidia_linux,cdi,runtime_unix,seccomp_linux,daemon_unix}.go; the hooks of NVIDIA; runc
  row(
    'gpu',
    /could not select device driver "(?<object>[^"]{0,64})" with capabilities: \[\[[^\]\n]{0,128}\bgpu\b|nvidia-container-cli: |amd cdi spec not found|nvidia-container-runtime|no known gpu vendor|failed to discover gpu/i,
  ),
  row('device', /could not select device driver "(?<object>[^"]{1,64})" with capabilities/i),
  row('device', /could not select device driver "" with capabilities: \[\[(?<object>[\w ,-]{1,64})/i),
  row('device', /cdi host device "(?<object>[^"]{1,255})"/i),
  row(
    'device',
    /\b(?:open|l?stat) (?<object>\/dev\/(?:tty[A-Z]{1,4}\d|dri|video|nvidia|kfd|kvm|snd|bus|net|fuse|dvb|vchiq|i2c|gpio|spi|serial|usb|hidraw|apex|accel)[^\s:]{0,200}): no such (?:device|file)/i,
  ),
  row('device', /unresolvable cdi devices (?<object>[^\s:]{1,255})/i),
  row(
    'device',
    /adding custom device "(?<with>[^"]{1,255})"|cdi device injection failed|no cdi device driver/i,
  ),
  row(
    'runtime-unknown',
    /(?:unknown or invalid runtime name|runtime not found in config): (?<object>\S{1,64})|unknown runtime specified (?<with>\S{1,64})|unsupported runtime/i,
  ),
  row(
    'capability',
    /(?:unknown capability(?: to (?:add|drop))?:?|capability not supported by your kernel or not available in the current environment:) ["`]?(?<object>\w{1,64})/i,
  ),
  row('capability', /invalid cap(?:add|drop): [^\n]{0,64}"(?<with>\w{1,64})"|apply caps|apply capabilities/i),
  row(
    'sysctl',
    /open sysctl (?<object>[\w.-]{1,128}) file|sysctl `(?<with>[\w./-]{1,128})` (?:is not|requires|conflicts)/i,
  ),
  row(
    'sysctl',
    /write sysctl key (?<object>[\w.-]{1,128})|sysctl "?(?<with>[\w./-]{1,128})"? is not (?:in a separate|allowed)|\/proc\/sys\/\S{1,128}: (?:no such file|permission denied|invalid argument)/i,
  ),
  row('sysctl', /\/proc\/sys\/(?<object>[^\s:]{1,128}): read-only file system/i),
  // Before what looks for the name of a profile: a folder may have it, too
  row(
    'work-folder',
    /chdir to cwd \("(?<object>[^"]{1,1024})"\)|chdir (?:to )?`(?<with>[^`\n]{1,1024})`: (?:no such|not a|permission)/i,
  ),
  row('work-folder', /the working directory '(?<with>[^']{1,1024})' is invalid/i),
  row(
    'security-profile',
    /opening seccomp profile \((?<object>[^)]{1,255})\)|seccomp is not enabled|seccomp filter|(?<with>apparmor)[^\n]{0,128}(?:profile|failed|not supported|not initialized)|selinux label is specified|unable to set process label|not a valid (?:action|operator|arch) for seccomp|invalid seccomp syscall|seccomp_rule_add|seccomp unknown architecture/i,
  ),
  row(
    'host-limits',
    /range of cpus is from|minimum memory limit allowed|your kernel does not support|nanocpus can not be set|requested cpus are not available|error setting rlimit|setrlimit `|cgroup controller `\w{1,32}` is not available|write [^\n]{0,300}\/(?:cpu|memory|pids|io|blkio|hugetlb|cpuset)\.[\w.]{1,32}`?: (?:invalid argument|no such file|device or resource busy)|cpu cfs (?:period|quota) can not be|minimum kernel memory limit|range of blkio weight|shm size can not be less|range for oom score adj|minimum memoryswap limit|minimum memory reservation allowed|memory limit can not be less than memory reservation|requested memory nodes are not available|invalid value \S{1,64} for cpuset|always set the memory limit when using memoryswap|valid memory swappiness range/i,
  ),
  row(
    'host-setting',
    /privileged mode is incompatible with user namespaces|cannot share the host(?:'s network|'s pid| pid| network) namespace when user namespaces are enabled|conflicting options: nano cpus and cpu|cgroup-parent for systemd cgroup should be a valid slice|invalid --security-opt|\brro is not supported|sysctl "?[\w./-]{1,128}"? not allowed in host network namespace|without a private (?:net|uts|mnt) namespace/i,
  ),
  // moby daemon/daemon_unix.go; runc, whose sethostname(2) takes 64 characters
  row(
    'hostname',
    /sethostname: invalid argument|hostname "?(?<object>[^"\s]{1,300})"? is too long \(maximum/i,
  ),

  // runc libcontainer/{init_linux,standard_init_linux}.go, moby/sys/user, moby daemon/errors.go (isInvalidCommand)
  row('user', /unable to find user (?<object>[^\s:]{1,64})/i),
  row('group', /unable to find group (?<object>[^\s:]{1,64})/i),
  // containerd core/runtime/v2, runc hooks, moby pkg/archive: the program is one of the host's, and none of the image's
  row(
    'host-program',
    /(?:failed to start shim|unable to retrieve oci runtime error|running \S{1,32} hook|hook #\d{1,4}|register layer|extract layer)[^\n]{0,1024}?(?:exec: "(?<object>[^"]{1,512})": executable file not found|exec (?<with>\/[^\s:]{1,512}) ?: no such file)/i,
  ),
  row('host-program', /\bfork\/exec (?<object>\/(?!proc\/)[^\s:]{1,255}): no such file/i),
  row('host-program', /runtime "[^"\n]{1,255}" binary not installed "(?<object>[^"\n]{1,255})"/i),
  // moby daemon/config, LookupInitPath: `--init` runs a program of the host's
  // What runc says so of is the image's own entry point
  row(
    'init-missing',
    /^(?![^\n]{0,1024}(?:oci runtime|container process))[^\n]{0,512}exec: "(?<object>docker-init|tini)": executable file not found in \$PATH/i,
  ),
  row('host-program', /exec: "(?<object>apparmor_parser)": executable file not found/i),
  row(
    'command-missing',
    /exec: "(?<object>[^"]{1,1024})": (?:executable file not found|stat \S{1,1024}: no such file|no such file)/i,
  ),
  row(
    'command-denied',
    /exec: "(?<object>[^"]{1,1024})": (?:permission denied|is a directory|stat \S{1,1024}: permission denied)/i,
  ),
  row('command-missing', /exec: "(?<object>[^"]{1,1024})": stat [^\n]{1,1024}: no such file/i),
  // crun src/libcrun/{container,utils}.c
  row('command-missing', /executable file `(?<object>[^`\n]{1,1024})` not found/i),
  row('command-denied', /the path `(?<object>[^`\n]{1,1024})` exists but it is not executable/i),
  row(
    'command-denied',
    /exec container process `(?<object>[^`\n]{1,1024})`: permission denied|open executable: permission denied/i,
  ),
  row('command-format', /exec container process `(?<object>[^`\n]{1,1024})`: exec format error/i),
  // execve(2): the file was found before; ENOENT is of what its #! line names, or of its loader. Go's `fork/exec` is of a
  // program of the host's: a shim, or runc itself
  row(
    'interpreter-missing',
    /exec container process \(missing dynamic library\?\) `(?<object>[^`\n]{1,1024})`|(?<!fork\/)exec (?<with>\/\S{1,1024}): no such file|exec user process[^\n]{0,32}: no such file/i,
  ),
  row('interpreter-missing', /exec user process caused[^\n]{0,16}no such file/i),
  row(
    'command-format',
    /(?<!fork\/)exec (?<object>\/\S{1,1024}): exec format error|exec: "(?<with>[^"]{1,1024})": exec format error|exec user process[^\n]{0,32}: exec format error/i,
  ),
  row(
    'command-denied',
    /(?<!fork\/)exec (?<object>\/\S{1,1024}): permission denied|exec user process[^\n]{0,32}: permission denied/i,
  ),
  row(
    'command-missing',
    /executable file not found|createprocess[^\n]{0,300}system cannot find the file specified|no command specified/i,
  ),

  // The kernel's limits, in the words of Go, runc and containerd
  row(
    'init-out-of-memory',
    /container init was oom-killed|possibly oom-killed|unable to set memory limit to \d/i,
  ),
  row('open-files', /too many open files/i),
  row(
    'processes',
    /(?<!(?:connect|lock|flock|lookup|mount)[^\n:]{0,64}: )resource temporarily unavailable|failed to create new os thread|pthread_create failed|can't start new thread/i,
  ),
  row('memory', /cannot allocate memory/i),
  // runc exec, moby daemon/exec.go: the container that runs for Docker has stopped for its runtime
  row(
    'exec-stopped',
    /cannot exec in a (?:stopped|paused|deleted|created)|cannot exec a container that has stopped|container \S{1,80} is (?:not running|paused)|container not running/i,
  ),
  // runc libcontainer/cgroups/systemd, moby daemon/stop.go, kill.go
  row(
    'systemd',
    /unable to start unit|error creating systemd unit|interactive authentication required|message recipient disconnected from message bus|systemd not running on this host|failed to connect to dbus|(?<![/\w-])dbus: |org\.freedesktop\.(?:systemd1|dbus)|systemd did not|sd-bus/i,
  ),
  row(
    'not-stopped',
    /^cannot (?:stop|kill) container\b(?![^\n]{0,300}no such process)|tried to kill container, but did not receive an exit event|\bPID \d{1,10} is zombie and can not be killed/i,
  ),
  row(
    'runtime',
    /unable to apply cgroup configuration|cannot enter cgroupv2|expected cgroupspath to be of format|cgroups: cgroup (?:deleted|mountpoint)|cannot find cgroup mount|\/sys\/fs\/cgroup\/\S{1,300}: (?:read-only|no such|operation not|permission denied|invalid argument)|error setting cgroup config|adding pid \d{1,10} to cgroups|cgroup is not empty|could not join (?:or create )?cgroup|failed to (?:load|join) cgroup \S{1,300}:|unsafe procfs detected|jailing process inside rootfs|error preparing rootfs|pivot_root|error creating (?:overlay mount to(?![^\n]{0,400}no such file)|zfs mount of)|devmapper: error mounting|cannot start a container that has stopped|failed to create (?:containerd task|task for container|shim task): context deadline exceeded|\btask \S{1,80} already exists|invalid rootfs|unable to join session keyring|adjust oom score|oom_score_adj|failed to mount rootfs component|failed to retrieve oci runtime \w{1,16} pid|opening [wr]\/o fifo|failed to create init process i\/o|failed to start io pipe copy|failed to resolve runtime path|snapshotter \S{1,128} was not found|snapshot \S{1,128} does not exist|failed to create prepare snapshot dir|cannot start an already running container|containerd\.sock|\/containerd\/s\/\w{1,80}: connect|unexpectedly frozen|unable to freeze|copy(?:ing)? bootstrap data|sending config to init|writing config to pipe|failed to start shim|shim\S{0,32} (?:exited|reaped)|ttrpc: closed|runc did not terminate|\brunc: symbol lookup error|unable to retrieve oci runtime error|failed to create runc console socket|running \S{1,32} hook|running hook|read init-p|write init-p|(?:executing|starting) setns process|error during container init: (?:eof|unexpected)|bpf_prog_query|container with (?:given )?id (?:already )?exists|unable to signal init|procready not received|transport is closing|error reading from server: eof|reading from a closed fifo|timed out starting health check/i,
  ),
];
