import { setTimeout as sleep } from "node:timers/promises";

import { otherVCenter } from "../vCenter/identity";
import { ProviderGuard, type ProviderInputs } from "./guard";
import { PluginProcess, providerEnvironment } from "./pluginProcess";
import { Relay } from "./relay";
import { remainingCategory } from "./remaining";
import { connectionFrom } from "../../configuration/connection";
import { soleFindingText } from "../../findings/finding";
import { connectionFinding } from "../../preflight/connectionFinding";
import {
  isVCenterError,
  originOf,
  seenCertificate,
  withVCenter,
  type VCenterConnection,
} from "../../vcenter";

/**
 * The relay between the engine and the vSphere provider.
 *
 * The engine refreshes a stack before it runs the program, with the provider's settings of the last `up`: a password
 * that was changed since would be refused, and a wrong address in the environment would have everything look deleted.
 * The relay gives the provider the settings that the stack has now, and lets it do nothing in another vCenter than the
 * one that the stack was made in. It takes back a category that the stack left in vCenter. It also tries again what the provider does not, and says its failures once, in words.
 *
 *     pulumi-resource-vsphere ENGINE_ADDRESS ...     as the engine starts every plugin
 */

type Environment = Readonly<Record<string, string | undefined>>;

async function main(): Promise<void> {
  const environment = providerEnvironment(process.env);
  const plugin = await PluginProcess.start(process.argv.slice(2), environment);
  const guard = new ProviderGuard({
    connection: {
      server: environment["VSPHERE_SERVER"] ?? "vCenter",
      user: environment["VSPHERE_USER"] ?? "nobody",
    },
    objection: (question) => objection(environment, question),
    certificate: () => certificate(environment),
    remaining: (wanted) => {
      const connection = connectionOf(environment);
      return withVCenter(connection, {}, (vCenter) =>
        remainingCategory(vCenter, wanted, connection.user),
      );
    },
    sleep,
  });
  const relay = new Relay(plugin.port, guard.handlers());
  // What the engine reads to know where the plugin listens.
  console.log(await relay.listen());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => plugin.stop());
  }
  process.exitCode = await plugin.ended;
  relay.close();
}

function connectionOf(environment: Environment): VCenterConnection {
  return connectionFrom({ lookup: () => undefined, environment });
}

/** A vCenter that may be away is not waited for. */
const impatient = { timeoutMilliseconds: 10_000, attempts: 1 };

async function objection(
  environment: Environment,
  { instanceUuid, mayBeAway }: ProviderInputs,
): Promise<string | undefined> {
  const connection = connectionOf(environment);
  // Asked without a login, so that nobody in between can learn anything; the provider itself verifies the certificate.
  const options = mayBeAway ? impatient : {};
  const found = await withVCenter({ ...connection, insecure: true }, options, (vCenter) =>
    vCenter.about(),
  ).catch((error: unknown) => {
    if (!isVCenterError(error)) throw error;
    throw new Error(soleFindingText(connectionFinding(error, connection)));
  });
  if (instanceUuid === undefined || found.instanceUuid === instanceUuid) return undefined;
  return otherVCenter(
    { instanceUuid },
    { server: connection.server, instanceUuid: found.instanceUuid },
  );
}

async function certificate(environment: Environment): Promise<string | undefined> {
  const { server } = connectionFrom({ lookup: () => undefined, environment });
  const seen = await seenCertificate(originOf(server));
  return seen && `issued by ${seen.authority}, valid until ${seen.until}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
