import { visibleLine } from "../../findings/text";
import type { DiscoveryFacts } from "./facts";
import { plannedStack, templateCandidates } from "./plan";
import type { Choices, RegionProposal } from "./proposal";
import { commonNetworks, isRunning, rootDisksFor } from "./regions";
import { whyUnusable } from "./storage";

/** An answer that can be chosen. */
interface Choice {
  readonly name: string;
  readonly value: string;
  readonly checked?: boolean;
}

/** How a person is asked; each throws when the person gives up. */
export interface Prompts {
  /** Any number of the choices. Enter takes those that are checked. */
  checkbox(question: { message: string; choices: Choice[] }): Promise<string[]>;
  /** One of the choices. Enter takes the default. */
  select(question: { message: string; choices: Choice[]; default?: string }): Promise<string>;
  /** A line. Enter takes the default. */
  input(question: { message: string; default?: string }): Promise<string>;
}

/** What leaves something undecided, for a person to write into the file later. */
const later: Choice = { name: "(decide later, in the file)", value: "" };

/**
 * Asks a person what to use, wherever there is more than one way; what is proposed is the answer to Enter. What vCenter's
 * tags and roles tell is not asked.
 *
 * @param known what is decided already
 */
export async function askedChoices(
  facts: DiscoveryFacts,
  known: Choices,
  prompts: Prompts,
): Promise<Choices> {
  let choices = await askedPlaces(facts, known, prompts);
  const { regions } = plannedStack(facts, choices);
  const datastores: Record<string, readonly string[]> = {};
  for (const region of regions) {
    Object.assign(datastores, await askedDatastores(facts, region, prompts));
  }
  choices = { ...choices, datastores };
  const networks: Record<string, string> = {};
  const rootDisks: Record<string, string> = {};
  for (const { datacenterPath: path, zones, cluster } of plannedStack(facts, choices).regions) {
    const datacenter = facts.datacenters.find((one) => one.path === path);
    if (datacenter === undefined) continue;
    const clusters = datacenter.clusters.filter((one) =>
      zones.some(({ clusterPath }) => clusterPath === one.path),
    );
    if (clusters.length === 0) continue;
    const network = await one(
      prompts,
      `Network of the nodes in ${path}`,
      commonNetworks(datacenter, clusters).map(({ name }) => name),
      cluster.network,
    );
    if (network !== undefined) networks[path] = network;
    const rootDisk = await one(
      prompts,
      `Datastore of root disks in ${path}`,
      rootDisksFor(datacenter, clusters).map(({ name }) => name),
      cluster.rootDiskDatastore,
    );
    if (rootDisk !== undefined) rootDisks[path] = rootDisk;
  }
  choices = { ...choices, networks, rootDisks };
  const used = facts.datacenters.filter(({ path }) =>
    regions.some(({ datacenterPath }) => datacenterPath === path),
  );
  const { role, template: proposed } = plannedStack(facts, choices);
  const template = await one(prompts, "Template of nodes", templateCandidates(used), proposed);
  if (template !== undefined) choices = { ...choices, template };
  if (role?.existing === true) return choices;
  const account = role?.principals[0]?.name ?? facts.accounts[0];
  const principal = await prompts.input({
    message: "Account that Deckhouse works with, as user@domain",
    ...(account !== undefined && { default: account }),
  });
  return principal.trim() === "" ? choices : { ...choices, principal: principal.trim() };
}

/** The datacenters and clusters to use. */
async function askedPlaces(
  facts: DiscoveryFacts,
  known: Choices,
  prompts: Prompts,
): Promise<Choices> {
  const proposal = plannedStack(facts, known);
  // Where somebody has attached the tags, they say it.
  if (proposal.regions.some(({ existing }) => existing)) return known;
  const datacenters = await several(
    prompts,
    "Datacenters to use, each as a region",
    facts.datacenters.filter((each) => each.clusters.some(isRunning)).map(({ path }) => path),
    proposal.regions.map(({ datacenterPath }) => datacenterPath),
  );
  const clusters = await several(
    prompts,
    "Clusters to use, each as a zone",
    facts.datacenters
      .filter(({ path }) => datacenters.includes(path))
      .flatMap((each) => each.clusters.filter(isRunning).map(({ path }) => path)),
    proposal.regions.flatMap(({ zones }) => zones.map(({ clusterPath }) => clusterPath)),
  );
  return { ...known, datacenters, clusters };
}

/** The datastores for volumes of zones that nobody has tagged, by the path of the cluster. */
async function askedDatastores(
  { datacenters }: DiscoveryFacts,
  { zones, datacenterPath }: RegionProposal,
  prompts: Prompts,
): Promise<Record<string, readonly string[]>> {
  const chosen: Record<string, readonly string[]> = {};
  const datacenter = datacenters.find(({ path }) => path === datacenterPath);
  for (const zone of zones.filter(({ existing }) => !existing)) {
    const cluster = datacenter?.clusters.find(({ path }) => path === zone.clusterPath);
    if (datacenter === undefined || cluster === undefined) continue;
    const usable = datacenter.datastores.filter((each) => whyUnusable(each, cluster) === undefined);
    if (usable.length < 2) continue;
    chosen[zone.clusterPath] = await several(
      prompts,
      `Datastores for volumes of ${zone.clusterPath}`,
      usable.map(({ path }) => path),
      usable.filter(({ name }) => zone.datastores.includes(name)).map(({ path }) => path),
    );
  }
  return chosen;
}

/** Asks for some of several; one alone is not asked for. */
async function several(
  prompts: Prompts,
  message: string,
  values: readonly string[],
  proposed: readonly string[],
): Promise<string[]> {
  if (values.length < 2) return [...values];
  return prompts.checkbox({
    message: visibleLine(message),
    choices: values.map((value) => ({
      ...{ name: visibleLine(value), value },
      checked: proposed.includes(value),
    })),
  });
}

/** Asks for one of several; one alone is not asked for. */
async function one(
  prompts: Prompts,
  message: string,
  values: readonly string[],
  proposed: string | undefined,
): Promise<string | undefined> {
  if (values.length < 2) return proposed;
  const answer = await prompts.select({
    message: visibleLine(message),
    choices: [...values.map((value) => ({ name: visibleLine(value), value })), later],
    default: proposed ?? later.value,
  });
  return answer === later.value ? undefined : answer;
}
