import { expect, test } from 'vitest';
import { parseDockerError } from './docker-error.ts';
import { ERROR_KINDS, ERROR_ROWS, type ErrorKind } from './error-rows.ts';

/** Texts of Docker 20.10 to 29 as operators reported them or as its source makes them, and what each names. */
const TEXTS: readonly [kind: ErrorKind, names: (string | null)[], text: string][] = [
  // moby daemon/{create_unix,container_operations_unix,daemon_linux}.go
  ['volume', [null], 'failed to populate volume: open /data/cache: permission denied'],
  ['host-setting', [null], 'rro is not supported by runtime "runc": OCI features struct is not available'],
  ['not-stopped', [null], 'container 0c1d PID 77 is zombie and can not be killed. Use the --init option'],
  [
    'disk-full',
    [null],
    'devmapper: Thin Pool has 1234 free data blocks which is less than minimum required 5678 free data blocks. Create more free space in thin pool or use dm.min_free_space option to change behavior',
  ],
  [
    'runtime',
    [null],
    'error creating zfs mount of rpool/docker/77 to /var/lib/docker/zfs/graph/77: no such file or directory',
  ],
  [
    'runtime',
    [null],
    'starting container failed: OCI runtime start failed: cannot start a container that has stopped: unknown',
  ],
  ['runtime', [null], 'failed to create task for container: context deadline exceeded'],
  ['host-program', ['/usr/bin/runc'], 'fork/exec /usr/bin/runc: no such file or directory: unknown'],
  [
    'interface-missing',
    ['eth9'],
    'starting container failed: the requested parent interface eth9 was not found on the Docker host',
  ],
  ['interface-missing', [null, 'eth9'], '-o parent interface does was not found on the host: eth9'],
  ['subnet-overlap', [null, '10.0.3.0/24'], 'requested subnet 10.0.3.0/24 overlaps in the host'],
  ['network', [null], 'network with name shop_default already exists'],
  ['network', [null], 'starting container failed: failed to set link up: network is down'],
  // Before what else stands in them: these are names that somebody gave
  [
    'folder-missing',
    ['/srv/no such container/x'],
    'invalid mount config for type "bind": bind source path does not exist: /srv/no such container/x',
  ],
  [
    'work-folder',
    ['/srv/apparmor'],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start container process: error during container init: chdir to cwd ("/srv/apparmor") set in config.json failed: permission denied: unknown',
  ],
  [
    'host-setting',
    [null],
    "starting container failed: cannot share the host's network namespace when user namespaces are enabled",
  ],
  ['host-setting', [null], 'Conflicting options: Nano CPUs and CPU Period cannot both be set'],
  ['host-limits', [null], 'CPU cfs quota can not be less than 1ms (i.e. 1000)'],
  [
    'capability',
    ['CAP_BPF'],
    'capability not supported by your kernel or not available in the current environment: "CAP_BPF"',
  ],
  ['runtime-unknown', ['sysbox-runc'], 'runtime not found in config: sysbox-runc'],
  ['volume', ['data'], 'create data: missing device in volume options'],
  ['volume', ['data'], 'create data: invalid option: "devic"'],
  ['volume', ['77aa'], 'task not authorized to access volume 77aa'],
  ['network', [null], 'network sandbox does not exist for container web.1.0f1e'],
  [
    'network',
    [null],
    "IPv4 forwarding is disabled: check your host's firewalling and set sysctl net.ipv4.ip_forward=1, or disable this check using daemon option --ip-forward=false",
  ],
  [
    'network',
    [null],
    'cannot create network 4f2a (docker_gwbridge): conflicts with network 77aa (br-77aa): networks have same bridge name',
  ],
  ['network', [null], 'could not find subnet for endpoint 77aa'],
  ['network', [null], 'attempt to create overlay network u9c9kw9s0zk2 that already exists'],
  ['node-unfit', [], 'assigned node no longer meets constraints'],
  [
    'mount',
    ['/srv/app'],
    'starting container failed: Mounts denied: \nThe path /srv/app is not shared from the host and is not known to Docker.',
  ],
  ['mount', [null], 'starting container failed: Mounts denied: EOF'],
  [
    'command-denied',
    ['/start.sh'],
    'oci runtime error: container_linux.go:265: starting container process caused "exec: \\"/start.sh\\": permission denied"',
  ],
  [
    'command-missing',
    ['bash'],
    'OCI runtime create failed: container_linux.go:349: starting container process caused "exec: \\"bash\\": executable file not found in $PATH": unknown',
  ],
  [
    'port-denied',
    ['80'],
    'starting container failed: Ports are not available: exposing port TCP 0.0.0.0:80 -> 0.0.0.0:0: listen tcp 0.0.0.0:80: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
  ],
  [
    'init-out-of-memory',
    [],
    'starting container failed: OCI runtime create failed: runc create failed: error setting cgroup config for procHooks process: unable to set memory limit to 6291456 (current usage: 7000000, peak usage: 7000000): unknown',
  ],
  [
    'mount-in-read-only',
    ['/etc/app/app.yml'],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/srv/conf/app.yml" to rootfs at "/etc/app/app.yml": create mountpoint for /etc/app/app.yml mount: mkdirat /var/lib/docker/overlay2/0f1e/merged/etc/app: read-only file system: unknown',
  ],
  [
    'mount-in-read-only',
    ['/etc/nginx/sites-enabled'],
    'starting container failed: OCI runtime create failed: container_linux.go:349: starting container process caused "process_linux.go:449: container init caused \\"rootfs_linux.go:58: mounting \\\\\\"/opt/nginx\\\\\\" to rootfs \\\\\\"/var/lib/docker/overlay2/0f1e/merged\\\\\\" at \\\\\\"/var/lib/docker/overlay2/0f1e/merged/etc/nginx/sites-enabled\\\\\\" caused \\\\\\"mkdir /var/lib/docker/overlay2/0f1e/merged/etc/nginx/sites-enabled: read-only file system\\\\\\"\\"": unknown',
  ],
  ['disk-broken', [], 'mkdir /data/docker/overlay2/0f1e-init: read-only file system'],
  [
    'mount',
    ['/volume1/docker/app'],
    'invalid mount config for type "bind": stat /volume1/docker/app: input/output error',
  ],
  [
    'mount',
    ['/mnt/nas/plex'],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/mnt/nas/plex" to rootfs at "/config": stat /mnt/nas/plex: stale file handle: unknown',
  ],
  [
    'mount',
    ['/run'],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "tmpfs" to rootfs at "/run": mount tmpfs:/run (via /proc/self/fd/7), flags: 0x0, data: size=64m: invalid argument: unknown',
  ],
  [
    'folder-denied',
    ['/mnt/nas/shop'],
    "starting container failed: error while creating mount source path '/mnt/nas/shop': mkdir /mnt/nas/shop: no space left on device",
  ],
  [
    'folder-missing',
    ['/srv/app data/conf'],
    'invalid mount config for type "bind": bind source path does not exist: /srv/app data/conf',
  ],
  ['mounts', [], 'unable to setup secret mount: no space left on device'],
  [
    'runtime',
    [],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "proc" to rootfs at "/proc": mount src=proc, dst=/proc, dstFd=/proc/thread-self/fd/8, flags=MS_NOSUID|MS_NODEV|MS_NOEXEC: operation not permitted: unknown',
  ],
  [
    'runtime',
    [],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "mqueue" to rootfs at "/dev/mqueue": mount mqueue:/dev/mqueue (via /proc/self/fd/7), flags: 0xe: no such device: unknown',
  ],
  [
    'runtime',
    [],
    'starting container failed: connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: resource temporarily unavailable"',
  ],
  [
    'runtime',
    [],
    'starting container failed: failed to create task for container: connection error: desc = "transport: Error while dialing: dial unix /run/containerd/s/0f1e2d: connect: connection refused": unavailable',
  ],
  [
    'systemd',
    [],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start unit "docker-0f1e.scope": Interactive authentication required.: unknown',
  ],
  [
    'systemd',
    [],
    'starting container failed: OCI runtime create failed: unable to start container process: error creating systemd unit `docker-0f1e.scope`: got `failed`: unknown',
  ],
  [
    'not-stopped',
    [],
    'cannot stop container: c0ffee: tried to kill container, but did not receive an exit event',
  ],
  [
    'plugin-missing',
    ['vieux/sshfs:latest'],
    'could not find plugin vieux/sshfs:latest in v1 plugin registry: plugin not found',
  ],
  ['plugin-missing', ['weave'], 'could not resolve driver weave in registry: plugin "weave" not found'],
  [
    'kernel-module',
    ['vxlan'],
    'network sandbox join failed: subnet sandbox join failed for "10.0.0.0/24": error creating vxlan interface: operation not supported',
  ],
  [
    'kernel-module',
    ['br_netfilter'],
    'error creating external connectivity network: cannot restrict inter-container communication: please ensure that br_netfilter kernel module is loaded',
  ],
  [
    'kernel-module',
    [null, 'bridge-nf-call'],
    'starting container failed: cannot restrict inter-container communication or run without the userland proxy: stat /proc/sys/net/bridge/bridge-nf-call-iptables: no such file or directory',
  ],
  [
    'network',
    [],
    'starting container failed: could not add veth pair inside the network sandbox: could not find an appropriate master "ov-000100-bsbmy" for "veth637385d"',
  ],
  [
    'network-missing',
    [null, '0f1e'],
    'starting container failed: failed to create endpoint web.1 on network bridge: network id "0f1e" not found',
  ],
  ['capability', ['FOO'], 'linux spec capabilities: Unknown capability to add: "FOO"'],
  [
    'device',
    ['/dev/ttyACM0'],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: open /dev/ttyACM0: no such device: unknown',
  ],
  [
    'device',
    ['/dev/nvidia0'],
    'starting container failed: CDI device injection failed: failed to inject devices: failed to stat CDI host device "/dev/nvidia0": no such file or directory',
  ],
  [
    'kernel-keys',
    [],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: unable to join session keyring: unable to create session key: disk quota exceeded: unknown',
  ],
  [
    'kernel-keys',
    [],
    'starting container failed: OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:545: container init caused: join session keyring: create session key: disk quota exceeded: unknown',
  ],
  [
    'mounts',
    [],
    'error creating overlay mount to /var/lib/docker/overlay2/d84f-init/merged: no space left on device',
  ],
  ['mounts', [], 'starting container failed: mounting shm tmpfs: no space left on device'],
  [
    'mounts',
    [],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "tmpfs" to rootfs at "/run/secrets": mount src=tmpfs, dst=/run/secrets, dstFd=/proc/thread-self/fd/8, flags=0xf, data=mode=0755: no space left on device: unknown',
  ],
  [
    'disk-full',
    [],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/srv/x" to rootfs at "/x": create mount destination for /x mount: mkdir /var/lib/docker/overlay2/ab/merged/x: no space left on device: unknown',
  ],
  [
    'namespaces',
    [],
    'starting container failed: OCI runtime create failed: creating container: starting sandbox: fork/exec /proc/self/exe: no space left on device: unknown',
  ],
  [
    'namespaces',
    [],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start container process: unable to start init: nsexec[123]: failed to unshare remaining namespaces: No space left on device: unknown',
  ],
  [
    'volume',
    ['data'],
    "error while mounting volume '/var/lib/docker/volumes/data/_data': failed to mount local volume: mount /dev/sdb1:/var/lib/docker/volumes/data/_data: structure needs cleaning",
  ],
  [
    'plugin-disabled',
    ['vieux/sshfs:latest'],
    'error while mounting volume: plugin vieux/sshfs:latest is disabled',
  ],
  ['plugin-disabled', ['vieux/sshfs:latest'], 'plugin "vieux/sshfs:latest" found but disabled'],
  [
    'plugin-silent',
    ['mysql_data', 'hetzner'],
    'create mysql_data: Post "http://%2Frun%2Fdocker%2Fplugins%2Fbf53%2Fhetzner.sock/VolumeDriver.Create": EOF',
  ],
  [
    'plugin-silent',
    [null, 'rexray'],
    'Post http://%2Frun%2Fdocker%2Fplugins%2Frexray.sock/VolumeDriver.Mount: dial unix /run/docker/plugins/rexray.sock: connect: no such file or directory',
  ],
  [
    'network',
    [],
    'Could not attach to network web: rpc error: code = PermissionDenied desc = network web not manually attachable',
  ],
  [
    'subnet-overlap',
    [null],
    'error creating external connectivity network: cannot create network fb (docker_gwbridge): conflicts with network 4a (br-4a): networks have overlapping IPv4',
  ],
  [
    'subnet-overlap',
    ['10.0.3.0/24'],
    'network sandbox join failed: subnet sandbox join failed for "10.0.3.0/24": overlay subnet 10.0.3.0/24 failed check with nameserver: [10.0.3.2/32]: requested network overlaps with name server',
  ],
  [
    'open-files',
    [],
    'network sandbox join failed: could not get network sandbox (oper true): failed to create a netlink handle: too many open files',
  ],
  [
    'subnet-overlap',
    ['192.168.132.0/24'],
    'failed to add interface veth0 to sandbox: error setting interface "veth0" IP to 192.168.132.104/24: cannot program address 192.168.132.104/24 in sandbox interface because it conflicts with existing route {Ifindex: 112 Dst: 192.168.132.0/24 Src: 192.168.132.105 Gw: <nil> Flags: [] Table: 254}',
  ],
  [
    'network',
    [],
    'failed to add interface veth0 to sandbox: error setting interface "veth0" IP to 172.18.0.2/16: cannot program address 172.18.0.2/16 in sandbox interface because it conflicts with existing route {Ifindex: 5 Dst: 0.0.0.0/0 Src: <nil> Gw: 172.17.0.1 Flags: [] Table: 254 Realm: 0}',
  ],
  ['network-missing', ['settings'], 'configuration network "settings" does not exist'],
  [
    'device',
    ['tpu'],
    'starting container failed: could not select device driver "" with capabilities: [[tpu]]',
  ],
  [
    'device',
    ['coral'],
    'starting container failed: could not select device driver "coral" with capabilities: [[tpu]]',
  ],
  ['network', [], 'container ingress-sbox is already present in sandbox ingress_sbox'],
  ['network', [], 'starting container failed: failed to create the macvlan port: device or resource busy'],
  ['network', [], 'network dm-04ccfec647c6 is already using parent interface enp6s0'],
  [
    'firewall-held',
    [],
    'driver failed programming external connectivity on endpoint x: (iptables failed: iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE: Another app is currently holding the xtables lock. Perhaps you want to use the -w option?',
  ],
  [
    'firewall-denied',
    [],
    'driver failed programming external connectivity on endpoint x: Unable to enable DNAT rule: (iptables failed: iptables --wait -t nat -A DOCKER: iptables v1.8.10 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root) (exit status 4))',
  ],
  [
    'disk-broken',
    [],
    'error creating temporary lease: write /var/lib/desktop-containerd/daemon/io.containerd.metadata.v1.bolt/meta.db: read-only file system: unknown',
  ],
  [
    'volume',
    ['shop_db'],
    'failed to copy xattrs: failed to set xattr "security.selinux" on /var/lib/docker/volumes/shop_db/_data/readme: operation not supported',
  ],
  [
    'mount-twice',
    ['/etc/apache2/server.crt'],
    'starting container failed: linux mounts: Duplicate mount point: /etc/apache2/server.crt',
  ],
  [
    'sysctl',
    ['kernel/domainname'],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start container process: open /proc/sys/kernel/domainname: read-only file system: unknown',
  ],
  [
    'runtime',
    [],
    'OCI runtime exec failed: exec failed: unable to start container process: error starting setns process: fork/exec /proc/self/exe: no such file or directory: unknown',
  ],
  [
    'runtime',
    [],
    'starting container failed: failed to create task for container: failed to start shim: start failed: fork/exec /usr/bin/containerd-shim-runc-v2: exec format error: unknown',
  ],
  ['network-left', ['1hn2257drrx07x8iyax4q704s'], 'network 1hn2257drrx07x8iyax4q704s exists'],
  [
    'network-settings',
    ['10.0.0.1/1', '0.0.0.0/1'],
    'invalid network config:\ninvalid subnet 10.0.0.1/1: it should be 0.0.0.0/1',
  ],
  ['network-settings', [null], 'invalid network config:\nno matching subnet for gateway 10.1.0.1'],
  [
    'firewall-table',
    ['raw'],
    "starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint x (d5): Unable to enable DIRECT ACCESS FILTERING - DROP rule:  (iptables failed: iptables --wait -t raw -A PREROUTING -p tcp -d 172.17.0.2 --dport 8000 ! -i docker0 -j DROP: iptables v1.8.4 (legacy): can't initialize iptables table `raw': Table does not exist (do you need to insmod?)",
  ],
  [
    'sysctl',
    ['net.bridge.bridge-nf-call-iptables'],
    'starting container failed: OCI runtime create failed: runc create failed: open sysctl net.bridge.bridge-nf-call-iptables file: no such file or directory',
  ],
  ['volume-drained', [], 'attached to volume which is being drained'],
  ['container-gone', [], 'No such container: web.1.p3gy1ocmbdn2s7yf3yzgzq6v5'],
  ['container-gone', [], 'starting container failed: container is marked for removal and cannot be started'],
  [
    'name-taken',
    ['web.1.abc'],
    'Conflict. The container name "/web.1.abc" is already in use by container "c0ffee". You have to remove (or rename) that container to be able to reuse that name.',
  ],
  [
    'control-groups',
    [],
    'starting container failed: OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:385: applying cgroup configuration for process caused: mkdir /sys/fs/cgroup/memory/docker/0f1e: no space left on device: unknown',
  ],
  [
    'control-groups',
    [],
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/system.slice/docker-0f1e.scope: no space left on device: unknown',
  ],
  [
    'inotify',
    [],
    'starting container failed: inotify_add_watch /sys/fs/cgroup/memory/docker: no space left on device',
  ],
  [
    'disk-full',
    [],
    'failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x.so: no space left on device',
  ],
  [
    'disk-full',
    [],
    'failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/1/data: no space left on device',
  ],
  ['disk-full', [], 'mkdir /var/lib/docker/overlay2/ab-init: no space left on device'],
  [
    'disk-full',
    [],
    'starting container failed: failed to initialize logging driver: open /var/lib/docker/containers/0f/0f-json.log: no space left on device',
  ],
  ['disk-full', [], 'write /mnt/data/x: disk quota exceeded'],
  ['disk-broken', [], 'mkdir /var/lib/docker/overlay2/ab: read-only file system'],
  ['disk-broken', [], 'open /var/lib/docker/image/overlay2/x: input/output error'],
  [
    'log-driver',
    [null, '127.0.0.1:1'],
    'starting container failed: failed to initialize logging driver: dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    'log-driver',
    [null, '127.0.0.1:24224'],
    'starting container failed: failed to create task for container: failed to initialize logging driver: dial tcp 127.0.0.1:24224: connect: connection refused',
  ],
  [
    'log-driver',
    ['gelf', 'graylog.example:12201'],
    'starting container failed: failed to initialize logging driver: gelf: cannot connect to GELF endpoint: graylog.example:12201 dial udp: lookup graylog.example: no such host',
  ],
  [
    'log-driver',
    ['splunk', null],
    'starting container failed: failed to initialize logging driver: splunk: failed to verify connection - 504 Gateway Time-out',
  ],
  [
    'log-driver',
    ['loki', null],
    'starting container failed: error looking up logging plugin loki: plugin "loki" not found',
  ],
  [
    'log-driver',
    ['journald', null],
    'starting container failed: failed to initialize logging driver: journald is not enabled on this host',
  ],
  [
    'log-driver',
    ['nope', null],
    "starting container failed: logger: no log driver named 'nope' is registered",
  ],
  [
    'log-driver',
    [],
    'starting container failed: failed to initialize logging driver: dial unixgram /dev/log: connect: no such file or directory',
  ],
  [
    'port-taken',
    ['8080'],
    'driver failed programming external connectivity on endpoint web.1.abc (5ea2): Bind for 0.0.0.0:8080 failed: port is already allocated',
  ],
  ['port-taken', ['18098'], 'starting container failed: Bind for :::18098 failed: port is already allocated'],
  [
    'port-taken',
    ['443'],
    'Error starting userland proxy: listen tcp4 0.0.0.0:443: bind: address already in use',
  ],
  [
    'port-taken',
    ['53'],
    'Error starting userland proxy: listen udp4 10.0.0.5:53: bind: address already in use',
  ],
  [
    'port-taken',
    ['7148'],
    'failed to set up container networking: driver failed programming external connectivity on endpoint x (d5bd): failed to bind host port for 0.0.0.0:7148:172.18.0.2:7148/tcp: address already in use',
  ],
  [
    'port-taken',
    ['8080'],
    'failed to set up container networking: failed to bind host port 0.0.0.0:8080/tcp: address already in use',
  ],
  ['port-taken', ['8080'], 'failed to bind host port [::]:8080/tcp: address already in use'],
  [
    'port-taken',
    ['9000'],
    'Error starting userland proxy: listen tcp 0.0.0.0:9000: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.',
  ],
  [
    'port-address',
    ['10.9.9.9'],
    'Error starting userland proxy: listen tcp4 10.9.9.9:80: bind: cannot assign requested address',
  ],
  ['port-address', ['10.9.9.9'], 'failed to bind host port 10.9.9.9:80/tcp: cannot assign requested address'],
  ['port-denied', ['80'], 'failed to bind host port 0.0.0.0:80/tcp: permission denied'],
  ['gateway-taken', ['10.0.24.1'], 'failed to allocate gateway (10.0.24.1): Address already in use'],
  ['address-taken', [], 'starting container failed: Address already in use'],
  ['address-taken', [], 'could not allocate IP from IPAM: Address already in use'],
  ['attachment-missing', [], 'node is missing network attachments, ip addresses may be exhausted'],
  [
    'addresses-used-up',
    ['shop_net'],
    "starting container failed: no available IPv4 addresses on this network's address pools: shop_net (x1y2z3)",
  ],
  ['subnet-overlap', [], 'Pool overlaps with other one on this address space'],
  [
    'init-missing',
    ['docker-init'],
    'starting container failed: failed to create task for container: exec: "docker-init": executable file not found in $PATH',
  ],
  [
    'volume',
    ['shop_data'],
    'starting container failed: error evaluating symlinks from mount source "/var/lib/docker/volumes/shop_data/_data": lstat /var/lib/docker/volumes/shop_data/_data: stale NFS file handle',
  ],
  [
    'subnets-used-up',
    [],
    'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ],
  [
    'subnet-overlap',
    ['10.0.0.0/24'],
    'subnet sandbox join failed for "10.0.0.0/24": overlay subnet 10.0.0.0/24 has conflicts in the host while running in host mode',
  ],
  [
    'vxlan-left',
    ['10.0.9.0/24'],
    'starting container failed: subnet sandbox join failed for "10.0.9.0/24": error creating vxlan interface: file exists',
  ],
  [
    'vxlan-port',
    ['10.0.1.0/24'],
    'network sandbox join failed: subnet sandbox join failed for "10.0.1.0/24": vxlan interface creation failed for subnet "10.0.1.0/24": failed to set link up: address already in use',
  ],
  ['vxlan-left', [], 'network sandbox join failed: error creating vxlan interface: file exists'],
  [
    'firewall',
    [],
    'driver failed programming external connectivity on endpoint x: iptables failed: iptables --wait -t nat -A DOCKER -p tcp: iptables: No chain/target/match by that name. (exit status 1)',
  ],
  [
    'firewall',
    [],
    'failed to set up container networking: Unable to enable ACCEPT OUTGOING rule: iptables v1.8: No chain/target/match by that name',
  ],
  [
    'bridge-full',
    ['docker_gwbridge'],
    'adding interface veth1234 to bridge docker_gwbridge failed: exchange full',
  ],
  [
    'attach-late',
    [],
    'attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded',
  ],
  ['network-missing', ['shop_net'], 'No such network: shop_net'],
  ['network-missing', [null, 'shop_net'], 'network shop_net not found'],
  [
    'network-missing',
    [null, 'u6x2p9'],
    'starting container failed: could not find network: network u6x2p9 not found',
  ],
  [
    'network',
    [],
    'failed to set up container networking: failed to create endpoint x on network y: something new',
  ],
  ['network', [], 'HNS failed with error : The parameter is incorrect.'],
  [
    'network',
    [],
    'failed to add the host (veth1) <=> sandbox (veth2) pair interfaces: operation not supported',
  ],
  ['secret', ['db-password-id'], 'secret reference db-password-id not found'],
  ['secret', [], 'starting container failed: unable to get secret from secret store: secret x1y2 is gone'],
  ['config', [], 'starting container failed: unable to get config from config store: x'],
  ['config', ['x1y2'], 'config x1y2 not found'],
  ['volume-plugin', ['v', 'nope'], 'create v: error looking up volume plugin nope: plugin "nope" not found'],
  [
    'volume-plugin',
    ['v', 'vieux/sshfs'],
    'create v: error looking up volume plugin vieux/sshfs: plugin "vieux/sshfs:latest" is disabled',
  ],
  [
    'volume-unknown-to-driver',
    ['acme_db', 'rexray:latest'],
    "create acme_db: found references to volume 'acme_db' in driver 'rexray:latest' but the volume was not found in the driver -- you may need to remove containers referencing this volume or force remove the volume to re-create it: volume name must be unique",
  ],
  [
    'volume-server',
    ['pg', '10.0.110.2'],
    "starting container failed: error while mounting volume '/var/lib/docker/volumes/pg/_data': failed to mount local volume: mount :/srv/nfs/pg:/var/lib/docker/volumes/pg/_data, data: addr=10.0.110.2: connection refused",
  ],
  [
    'volume-server',
    ['media', '192.168.168.39'],
    'failed to mount local volume: mount :/nas:/var/lib/docker/volumes/media/_data, data: addr=192.168.168.39,vers=3,soft,timeo=180: connection timed out',
  ],
  [
    'volume-server',
    ['media', 'fd00::5'],
    'failed to mount local volume: mount :/nas:/var/lib/docker/volumes/media/_data, data: addr=fd00::5,nfsvers=4: connection timed out',
  ],
  [
    'volume-server',
    ['media', 'fd00::6'],
    'failed to mount local volume: mount :/nas:/var/lib/docker/volumes/media/_data, data: nfsvers=4,addr=fd00::6: connection timed out',
  ],
  [
    'volume-server',
    ['media', '[fd00::5]'],
    'failed to mount local volume: mount :/nas:/var/lib/docker/volumes/media/_data, data: addr=[fd00::5],nfsvers=4: connection timed out',
  ],
  [
    'volume-server',
    ['media', '::ffff:10.0.0.6'],
    'failed to mount local volume: mount :/nas:/var/lib/docker/volumes/media/_data, data: addr=::ffff:10.0.0.6: connection timed out',
  ],
  [
    'volume-server',
    ['media', '10.0.0.6'],
    'failed to mount local volume: mount :/nas:/var/lib/docker/volumes/media/_data, data: clientaddr=10.0.0.9,addr=10.0.0.6: connection timed out',
  ],
  [
    'volume-server',
    ['s', '//nas/x'.slice(2, 5)],
    'failed to mount local volume: mount //nas/x:/var/lib/docker/volumes/s/_data, data: username=u,addr=nas: host is down',
  ],
  [
    'volume-server',
    [null, 'nas.local'],
    'failed to mount local volume: error resolving passed in network volume address: lookup nas.local on 10.0.0.2:53: no such host',
  ],
  [
    'volume',
    ['cache'],
    "error while mounting volume '/var/lib/docker/volumes/cache/_data': VolumeDriver.Mount: exit status 32",
  ],
  ['volume', ['v1'], 'create v1: VolumeDriver.Create: the backend said no'],
  [
    'volume',
    ['local'],
    'failed to mount local volume: mount /dev/sdz:/var/lib/docker/volumes/local/_data: no such device',
  ],
  [
    'folder-missing',
    ['/srv/data'],
    'invalid mount config for type "bind": bind source path does not exist: /srv/data',
  ],
  ['folder-missing', ['/srv/data'], 'invalid bind mount source, source path not found: /srv/data'],
  [
    'folder-denied',
    ['/srv/x'],
    "starting container failed: error while creating mount source path '/srv/x': mkdir /srv/x: read-only file system",
  ],
  [
    'mount-mismatch',
    ['/etc/app.conf', '/app.conf'],
    'OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/etc/app.conf" to rootfs at "/app.conf": mount src=/etc/app.conf, dst=/app.conf, dstFd=/proc/thread-self/fd/8, flags=MS_BIND|MS_REC: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?',
  ],
  [
    'mount',
    [],
    'invalid mount config for type "volume": invalid mount path: \'x\' mount path must be absolute',
  ],
  ['gpu', ['nvidia'], 'could not select device driver "nvidia" with capabilities: [[gpu]]'],
  ['gpu', [''], 'could not select device driver "" with capabilities: [[gpu]]'],
  [
    'gpu',
    [],
    "OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running prestart hook #0: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy'\nnvidia-container-cli: initialization error: nvml error: driver not loaded: unknown",
  ],
  [
    'device',
    ['nvidia.com/gpu=all'],
    'CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=all',
  ],
  [
    'device',
    [null, '/dev/ttyUSB0'],
    'error gathering device information while adding custom device "/dev/ttyUSB0": no such file or directory',
  ],
  ['runtime-unknown', ['nvidia'], 'starting container failed: unknown or invalid runtime name: nvidia'],
  ['runtime-unknown', [null, 'nvidia'], 'Unknown runtime specified nvidia'],
  [
    'capability',
    [null, 'CAP_NOPE'],
    'invalid CapAdd: unknown capability: "CAP_NOPE"'.replace('unknown capability: ', ''),
  ],
  ['capability', ['CAP_NOPE'], 'invalid CapAdd: unknown capability: "CAP_NOPE"'],
  [
    'sysctl',
    ['net.core.somaxconn'],
    'process_linux.go:545: container init caused: write sysctl key net.core.somaxconn: open /proc/sys/net/core/somaxconn: no such file or directory: unknown',
  ],
  [
    'sysctl',
    [],
    'error during container init: open sysctl net.ipv4.ip_unprivileged_port_start file: reopen fd 8: open /proc/sys/net/ipv4: permission denied',
  ],
  [
    'sysctl',
    ['net.ipv4.ip_unprivileged_port_start'],
    'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: open sysctl net.ipv4.ip_unprivileged_port_start file: reopen fd 8: permission denied',
  ],
  ['device', ['cdi'], 'could not select device driver "cdi" with capabilities: []'],
  [
    'device',
    ['nvidia.com/gpu=all'],
    'OCI runtime create failed: could not apply required modification to OCI specification: error modifying OCI spec: failed to inject CDI devices: unresolvable CDI devices nvidia.com/gpu=all',
  ],
  [
    'mount-mismatch',
    ['/srv/nginx.conf', '/etc/nginx/nginx.conf'],
    'OCI runtime create failed: container_linux.go:349: starting container process caused "process_linux.go:449: container init caused \\"rootfs_linux.go:58: mounting \\\\\\"/srv/nginx.conf\\\\\\" to rootfs \\\\\\"/var/lib/docker/overlay2/11b0/merged\\\\\\" at \\\\\\"/var/lib/docker/overlay2/11b0/merged/etc/nginx/nginx.conf\\\\\\" caused \\\\\\"not a directory\\\\\\"\\"": unknown',
  ],
  [
    'mount-mismatch',
    ['/srv/app.conf', '/etc/app.conf'],
    'OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:545: container init caused: rootfs_linux.go:76: mounting "/srv/app.conf" to rootfs at "/etc/app.conf" caused: mount through procfd: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?',
  ],
  [
    'mount',
    ['/mnt/nas'],
    'starting container failed: error evaluating symlinks from mount source "/mnt/nas": lstat /mnt/nas: transport endpoint is not connected',
  ],
  [
    'host-program',
    ['apparmor_parser'],
    'starting container failed: AppArmor enabled on system but the docker-default could not be loaded: exec: "apparmor_parser": executable file not found in $PATH',
  ],
  [
    'namespaces',
    [],
    'starting container failed: failed to create network namespace: no space left on device',
  ],
  ['attach-late', ['shop'], 'Could not attach to network "shop": context deadline exceeded'],
  [
    'mount-mismatch',
    ['/data/app', '/app/haven'],
    'error during container init: error mounting "/data/app" to rootfs at "/app/haven": mount /data/app:/app/haven (via /proc/self/fd/6), flags: 0x5400: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?',
  ],
  [
    'volume',
    ['certbot-etc'],
    "error while mounting volume '/var/lib/docker/volumes/certbot-etc/_data': failed to mount local volume: mount /certbot:/var/lib/docker/volumes/certbot-etc/_data, flags: 0x1000: no such file or directory",
  ],
  [
    'security-profile',
    ['/etc/docker/s.json'],
    'opening seccomp profile (/etc/docker/s.json) failed: open /etc/docker/s.json: no such file or directory',
  ],
  [
    'security-profile',
    [null, 'AppArmor'],
    'AppArmor enabled on system but the docker-default profile could not be loaded: apparmor_parser: not found',
  ],
  [
    'security-profile',
    [null, 'apparmor'],
    'unable to start container process: error during container init: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory',
  ],
  [
    'endpoint-left',
    ['gateway_staging_back', 'docker_gwbridge'],
    'Failed joining staging-endpoint to sandbox staging_backend_sbox: container staging_backend_sbox: endpoint create on GW Network failed: endpoint with name gateway_staging_back already exists in network docker_gwbridge',
  ],
  ['network', [], 'container 4c01db0b: endpoint join on GW Network failed: network sandbox not found'],
  ['network', [], 'cannot create a swarm scoped network when swarm is not active'],
  [
    'network',
    [],
    'failed to activate service binding for container web.1.abc after healthy event: sandbox not found',
  ],
  [
    'mount',
    ['/app/config.yaml'],
    'cannot mount volume over existing file, file exists /var/lib/docker/overlay2/c0ad17aee0ba/merged/app/config.yaml',
  ],
  ['gpu', [], 'AMD CDI spec not found'],
  ['host-limits', [], 'Minimum memory reservation allowed is 6MB'],
  ['host-limits', [], 'Minimum memory limit can not be less than memory reservation limit, see usage'],
  ['host-limits', [], 'Invalid value 0-8 for cpuset cpus'],
  ['host-limits', [], 'Requested memory nodes are not available - requested 1, available: 0'],
  [
    'hostname',
    [],
    'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: sethostname: invalid argument: unknown',
  ],
  ['hostname', ['a'.repeat(65)], `hostname "${'a'.repeat(65)}" is too long (maximum 64 bytes)`],
  ['host-limits', [], 'range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available'],
  ['host-limits', [], 'Minimum memory limit allowed is 6MB'],
  ['user', ['app'], 'unable to find user app: no matching entries in passwd file'],
  [
    'group',
    ['web'],
    'starting container failed: unable to find group web: no matching entries in group file',
  ],
  [
    'work-folder',
    ['/app'],
    'OCI runtime create failed: runc create failed: unable to start container process: error during container init: chdir to cwd ("/app") set in config.json failed: permission denied: unknown',
  ],
  [
    'command-missing',
    ['nope'],
    'starting container failed: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
  ],
  [
    'command-missing',
    ['wget -q localhost || exit 1'],
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "wget -q localhost || exit 1": stat wget -q localhost || exit 1: no such file or directory: unknown',
  ],
  [
    'command-denied',
    ['/app/run.sh'],
    'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "/app/run.sh": permission denied: unknown',
  ],
  [
    'command-denied',
    ['/app'],
    'unable to start container process: exec: "/app": is a directory: unknown: permission denied',
  ],
  [
    'command-format',
    ['/app/server'],
    'runc create failed: unable to start container process: exec /app/server: exec format error: unknown',
  ],
  [
    'init-out-of-memory',
    [],
    'OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown',
  ],
  [
    'open-files',
    [],
    'OCI runtime exec failed: exec failed: unable to start container process: exec /bin/sh: too many open files in system: unknown',
  ],
  [
    'processes',
    [],
    'OCI runtime exec failed: exec failed: unable to start container process: read init-p: resource temporarily unavailable: unknown',
  ],
  [
    'memory',
    [],
    'starting container failed: fork/exec /usr/bin/containerd-shim-runc-v2: cannot allocate memory',
  ],
  [
    'exec-stopped',
    [],
    'OCI runtime exec failed: exec failed: cannot exec a container that has stopped: unknown',
  ],
  ['exec-stopped', [], 'cannot exec in a stopped state: unknown'],
  ['exec-stopped', [], 'OCI runtime exec failed: exec failed: cannot exec in a stopped container: unknown'],
  [
    'runtime',
    [],
    'OCI runtime exec failed: exec failed: container_linux.go:348: starting container process caused "read init-p: connection reset by peer": unknown',
  ],
  [
    'runtime',
    [],
    'OCI runtime exec failed: exec failed: container_linux.go:349: starting container process caused "process_linux.go:101: executing setns process caused \\"exit status 1\\"": unknown',
  ],
  [
    'runtime',
    [],
    'starting container failed: failed to create task for container: failed to start shim: start failed: aborted',
  ],
  [
    'runtime',
    [],
    'connection error: desc = "transport: error while dialing: dial unix:///run/containerd/containerd.sock: timeout": unavailable',
  ],
  [
    'runtime',
    [],
    'OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/moby/0f/log.json: no such file or directory): runc did not terminate successfully: exit status 127: unknown',
  ],
  ['runtime-unknown', [], 'Unknown runtime specified crun'],
  [
    'host-program',
    ['kata-runtime'],
    'failed to create task for container: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/moby/0f/log.json: no such file or directory): exec: "kata-runtime": executable file not found in $PATH: unknown',
  ],
  [
    'host-program',
    [null, '/usr/local/bin/crun'],
    'failed to create shim: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/moby/85d6/log.json: no such file or directory): fork/exec /usr/local/bin/crun: no such file or directory: unknown',
  ],
  [
    'host-program',
    ['containerd-shim'],
    'starting container failed: failed to start shim: exec: "containerd-shim": executable file not found in $PATH: unknown',
  ],
  [
    'host-program',
    ['containerd-shim-runc-v2'],
    'failed to create task for container: failed to start shim: failed to resolve runtime path: runtime "io.containerd.runc.v2" binary not installed "containerd-shim-runc-v2": file does not exist: unknown',
  ],
  [
    'host-program',
    ['unpigz'],
    'failed to register layer: exec: "unpigz": executable file not found in $PATH',
  ],
  [
    'cpuset',
    [],
    'OCI runtime create failed: runc create failed: unable to start container process: unable to apply cgroup configuration: failed to write 2391: write /sys/fs/cgroup/cpuset/docker/ca65/cgroup.procs: no space left on device: unknown',
  ],
  [
    'cpuset',
    [],
    'OCI runtime create failed: write to `/sys/fs/cgroup/cpuset/docker/ca65/cgroup.procs`: No space left on device',
  ],
  ['kernel-keys', [], 'OCI runtime create failed: join keyctl `0f1e`: Disk quota exceeded: unknown'],
  ['namespaces', [], 'OCI runtime create failed: clone: No space left on device: unknown'],
  ['namespaces', [], 'OCI runtime create failed: unshare `CLONE_NEWNS`: No space left on device: unknown'],
  ['mounts', [], 'OCI runtime create failed: mount `tmpfs` to `dev`: No space left on device: unknown'],
  ['inotify', [], 'failed to create inotify fd: too many open files'],
  [
    'host-limits',
    [],
    'runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: unknown',
  ],
  [
    'host-limits',
    [],
    'OCI runtime create failed: setrlimit `RLIMIT_NOFILE`: Operation not permitted: unknown',
  ],
  [
    'host-limits',
    [],
    'OCI runtime create failed: the requested cgroup controller `pids` is not available: unknown',
  ],
  [
    'host-limits',
    [],
    'process_linux.go:291: setting cgroup config for ready process caused "failed to write 0 to memory.swappiness: write /sys/fs/cgroup/memory/docker/1d83/memory.swappiness: invalid argument"',
  ],
  [
    'interpreter-missing',
    [null, '/docker-entrypoint.sh'],
    'starting container failed: OCI runtime create failed: runc create failed: unable to start container process: exec /docker-entrypoint.sh: no such file or directory: unknown',
  ],
  [
    'interpreter-missing',
    [],
    'starting container failed: OCI runtime create failed: standard_init_linux.go:228: exec user process caused: no such file or directory: unknown',
  ],
  [
    'interpreter-missing',
    ['/app/server'],
    'OCI runtime create failed: exec container process (missing dynamic library?) `/app/server`: No such file or directory: unknown',
  ],
  [
    'command-missing',
    ['curl'],
    'OCI runtime exec failed: exec failed: executable file `curl` not found in $PATH: No such file or directory: unknown',
  ],
  [
    'command-denied',
    ['/run.sh'],
    'OCI runtime create failed: the path `/run.sh` exists but it is not executable: Permission denied',
  ],
  [
    'command-format',
    ['/app/x'],
    'OCI runtime create failed: exec container process `/app/x`: Exec format error: unknown',
  ],
  [
    'work-folder',
    [null, '/app'],
    'OCI runtime create failed: chdir to `/app`: No such file or directory: unknown',
  ],
  [
    'volume-server',
    ['v', '10.0.0.9'],
    'failed to mount local volume: mount //10.0.0.9/share:/var/lib/docker/volumes/v/_data, data: username=u,vers=3.0: host is down',
  ],
  [
    'volume',
    ['app_data'],
    'failed to copy file info for /var/lib/docker/volumes/app_data/_data: failed to chown /var/lib/docker/volumes/app_data/_data: lchown /var/lib/docker/volumes/app_data/_data: operation not permitted',
  ],
  [
    'mount',
    ['/mnt/ceph/x'],
    'invalid mount config for type "bind": stat /mnt/ceph/x: transport endpoint is not connected',
  ],
  [
    'mount',
    ['/usr/bin/nvidia-smi'],
    'runc create failed: unable to start container process: error during container init: failed to fulfil mount request: open /usr/bin/nvidia-smi: no such file or directory: unknown',
  ],
  [
    'ipv6-off',
    [],
    "driver failed programming external connectivity on endpoint x: (iptables failed: ip6tables --wait -t filter -A DOCKER: ip6tables v1.8.9 (legacy): can't initialize ip6tables table `filter': Address family not supported by protocol",
  ],
  [
    'firewall',
    [],
    'driver failed programming external connectivity on endpoint x: libnftables: failed to apply commands (code -1), stderr: Error: No such file or directory',
  ],
  ['volume', ['foo'], 'chown /var/lib/docker/volumes/foo/_data: operation not permitted'],
  [
    'ipv6-off',
    [],
    'Cannot read IPv6 setup for bridge br-1a2b: open /proc/sys/net/ipv6/conf/br-1a2b/disable_ipv6: no such file or directory',
  ],
  ['network', [], 'network web is ambiguous (2 matches found on name)'],
  ['runtime', [], 'mkdir /sys/fs/cgroup/cpuset/docker/0f1e: read-only file system'],
  [
    'runtime',
    [],
    'cannot enter cgroupv2 "/sys/fs/cgroup/docker" with domain controllers -- it is in threaded mode',
  ],
  [
    'runtime',
    [],
    'runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/docker/0f1e" instead: unknown',
  ],
  ['runtime', [], 'cgroups: cgroup mountpoint does not exist: unknown'],
  ['mount', ['/srv/x'], 'OCI runtime create failed: mount `/srv/x` to `data`: Permission denied: unknown'],
  [
    'mount-mismatch',
    ['/srv/app.conf', 'etc/app.conf'],
    'OCI runtime create failed: mount `/srv/app.conf` to `etc/app.conf`: Not a directory: unknown',
  ],
  ['capability', ['CAP_NOPE'], 'OCI runtime create failed: unknown capability `CAP_NOPE`: unknown'],
  [
    'sysctl',
    [null, 'kernel.x'],
    'OCI runtime create failed: the sysctl `kernel.x` is not namespaced: unknown',
  ],
  ['security-profile', [], 'OCI runtime create failed: invalid seccomp syscall `fchmodat9`: unknown'],
  ['exec-stopped', [], 'OCI runtime exec failed: exec failed: the container `0f1e` is not running: unknown'],
  [
    'runtime',
    [],
    'runc create failed: unable to start container process: error during container init: error closing exec fds: get handle to /proc/thread-self/fd: unsafe procfs detected: openat2 fsmount:fscontext:proc/thread-self/fd/: function not implemented: unknown',
  ],
  [
    'runtime',
    [],
    'runc create failed: unable to start container process: error during container init: error jailing process inside rootfs: pivot_root .: invalid argument: unknown',
  ],
  [
    'runtime',
    [],
    "runc create failed: unable to start container process: container's cgroup is not empty: 1 process(es) found: unknown",
  ],
  [
    'runtime',
    [],
    'OCI runtime exec failed: exec failed: unable to start container process: error adding pid 4242 to cgroups: failed to write 4242: openat2 /sys/fs/cgroup/system.slice/docker-0f1e.scope/cgroup.procs: no such file or directory: unknown',
  ],
  [
    'runtime',
    [],
    'failed to create shim task: failed to start io pipe copy: unable to copy pipes: containerd-shim: opening w/o fifo "/run/docker/containerd/0f1e/init-stdout" failed: context deadline exceeded: unknown',
  ],
  ['runtime', [], 'failed to create shim task: failed to mount rootfs component: invalid argument: unknown'],
  [
    'systemd',
    [],
    'OCI runtime create failed: sd-bus call: Interactive authentication required.: Permission denied: unknown',
  ],
];

test.each(TEXTS)('%s %j: %s', (kind, names, text) => {
  const error = parseDockerError(text);
  expect(error?.kind).toBe(kind);
  expect([error?.object, error?.with].slice(0, names.length)).toEqual(names);
});

/** Names are people's own: a service, a network or a volume may be called as what fails. */
const NAMED: readonly [kind: ErrorKind, text: string][] = [
  ['disk-full', 'write /var/lib/docker/volumes/cgroup-data/_data/x: no space left on device'],
  ['disk-full', 'write /var/lib/docker/volumes/inotify/_data/x: no space left on device'],
  ['open-files', 'open /var/lib/docker/volumes/inotify/_data/x: too many open files'],
  [
    'network',
    'starting container failed: failed to set up container networking: failed to create endpoint iptables.1.x on network iptables: failed to add the host (veth1) <=> sandbox (veth2) pair interfaces: operation not supported',
  ],
  ['network-missing', 'network iptables not found'],
  [
    'command-missing',
    'OCI runtime create failed: runc create failed: unable to start container process: exec: "running": executable file not found in $PATH: unknown',
  ],
  // A program of an image may be called as one of the host's is
  [
    'command-missing',
    'starting container failed: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "tini": executable file not found in $PATH: unknown',
  ],
  [
    'command-missing',
    'OCI runtime create failed: runc create failed: unable to start container process: exec: "nvidia-container-cli": executable file not found in $PATH: unknown',
  ],
  [
    'command-missing',
    'OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "runc": executable file not found in $PATH: unknown',
  ],
];

test.each(NAMED)('%s, whatever things are called: %s', (kind, text) => {
  expect(parseDockerError(text)?.kind).toBe(kind);
});

test('every kind has a text', () => {
  expect(new Set(TEXTS.map(([kind]) => kind))).toEqual(new Set(ERROR_KINDS));
});

test.each([
  '',
  'something Docker never said before',
  'task: non-zero exit (1)',
  'context deadline exceeded',
  'context canceled',
  'starting container failed: hcsshim::ActivateLayer failed in Win32: The system cannot find the file specified. (0x2) id=0f1e',
  'cannot kill container: 0f1e: No such process',
  "create acme_db: found reference to volume 'acme_db' in driver 'rexray:latest', but got an error while checking the driver: exit status 1",
  'error from the app: address already in use by somebody',
  'the port of Hamburg is busy',
  "starting container failed: OCI runtime create failed: runc create failed: can't get final child's PID from pipe: EOF: unknown",
  'starting container failed: failed to create task for container: failed to create shim task: unknown STDIO scheme x',
  'OCI runtime create failed: resolve `x` under rootfs: Invalid argument: unknown',
])('no guess: %j', (text) => {
  expect(parseDockerError(text)).toBeNull();
});

test('why it did not work, in plain words', () => {
  expect(
    parseDockerError(
      'failed to mount local volume: mount :/x:/var/lib/docker/volumes/v/_data, data: addr=10.0.0.1: permission denied',
    )?.reason,
  ).toBe('permission-denied');
  expect(
    parseDockerError(
      'failed to mount local volume: mount :/x:/var/lib/docker/volumes/v/_data, data: addr=10.0.0.1: connection timed out',
    )?.reason,
  ).toBe('timed-out');
});

test('no pattern can run without end: each repetition has a bound', () => {
  for (const { pattern } of ERROR_ROWS) {
    const bare = pattern.source.replace(/\\./g, 'x').replace(/\[(?:[^\]])*\]/g, 'y');
    expect(bare, pattern.source).not.toMatch(/[*+]|\{\d+,\}/);
  }
});
