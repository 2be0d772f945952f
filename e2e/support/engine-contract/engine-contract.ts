import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { describeEngineContract } from '#lib/testing/describe-engine-contract.ts';

/** One engine to hold the contract against, as the environment's `ENGINES` lists them in JSON. */
export interface ContractEngine {
  name: string;
  /** `tcp://10.211.0.1:2375` */
  endpoint: string;
  manager: boolean;
}

for (const { name, endpoint, manager } of JSON.parse(process.env.ENGINES ?? '[]') as ContractEngine[]) {
  const makeClient = () => createDockerClient(parseEndpoint(endpoint, { certPath: null, tlsVerify: false }));
  describeEngineContract(name, makeClient, { manager, eventWithinMs: 25_000 });
}
