import { ByHand } from '#components/copy/by-hand.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { UseBar } from '#components/ui/use-bar.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { ServiceNetwork } from '#lib/model/contract/network.ts';
import { findShortage } from '#lib/model/findings/address-shortage.ts';
import { toNetworkCommand } from '#lib/view/copy/to-docker-commands.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { describeAddressUse, describeNetworkKind } from '#lib/view/service/networks.ts';
import * as words from '#words/pages/service.ts';

const MAX_NETWORKS = 8;

const TONES = { few: 's-failing text-tone', none: 's-unhealthy text-tone' };

function Addresses({ addresses }: Pick<ServiceNetwork, 'addresses'>) {
  const { size, left } = addresses;
  const shortage = findShortage(addresses);
  const tone = shortage === null ? undefined : TONES[shortage];
  if (size === null || left === null) return null;
  return (
    <>
      <p className="use-line">
        <span>
          <b>{formatCount(size - left)}</b> {words.ofAddresses(formatCount(size))}
        </span>
        <span className={tone}>
          {shortage !== null && <span className="status-glyph" aria-hidden="true" />}{' '}
          {words.addressesLeft(formatCount(left))}
        </span>
      </p>
      <UseBar used={size - left} of={size} tone={tone} />
    </>
  );
}

function Network({ network }: { network: ServiceNetwork }) {
  const { swarm } = useSeen();
  const kind = describeNetworkKind(network);
  return (
    <li data-network={network.name ?? network.id}>
      <div className="network-head">
        <b>{network.name ?? network.id.slice(0, 12)}</b>
        <span className="font-mono text-[12.5px] text-faint">{network.subnets.join(' ')}</span>
      </div>
      <Addresses addresses={network.addresses} />
      {(swarm || network.name === null) && (
        <p className="text-muted">
          {network.name === null ? words.networkUnknown : describeAddressUse(network)}
        </p>
      )}
      {(network.vip !== null || kind !== '') && (
        <p className="text-muted">
          {network.vip !== null && (
            <>
              {words.vip} <span className="font-mono text-[12.5px] select-all">{network.vip}</span>
              {kind !== '' && ', '}
            </>
          )}
          {kind}
        </p>
      )}
    </li>
  );
}

/** The networks that a service is on, and how many of their addresses are taken. */
export function NetworksPanel({
  detail: { networks, endpointMode },
}: {
  detail: Pick<ServiceDetail, 'networks' | 'endpointMode'>;
}) {
  const { shown, more } = useMore(networks, MAX_NETWORKS);
  const first = networks.find(({ name }) => name !== null);
  return (
    <Panel title={words.networks} note={words.endpointMode(endpointMode)}>
      {networks.length === 0 ? (
        <p className="px-[18px] py-3.5 text-[13px] text-muted">{words.noNetworks}</p>
      ) : (
        <ul className="networks">
          {shown.map((network) => (
            <Network key={network.id} network={network} />
          ))}
        </ul>
      )}
      {more}
      {first !== undefined && <ByHand {...toNetworkCommand(first.name ?? first.id)} />}
    </Panel>
  );
}
