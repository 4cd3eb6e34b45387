import type { Engine } from "./engine";

/** The cluster configuration of each region, with the password taken out. */
export async function readClusterConfigurations(
  engine: Engine,
  clusterAccountPassword: string,
): Promise<Record<string, string>> {
  const text = await engine.run(
    ...["stack", "output", "clusterConfigurations"],
    ...["--stack", "dev", "--json", "--show-secrets"],
  );
  const documents = JSON.parse(text) as Record<string, string>;
  return Object.fromEntries(
    Object.entries(documents).map(([region, document]) => [
      region,
      document.replaceAll(clusterAccountPassword, "<hidden>"),
    ]),
  );
}
