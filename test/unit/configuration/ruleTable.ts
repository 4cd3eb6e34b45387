import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ConfigurationError,
  configurationSchema,
  parseConfiguration,
  type WrittenConfiguration,
} from "../../../configuration";
import { rules as allRules } from "../../../configuration/rules";
import type { Rule } from "../../../configuration/places";
import { changed, type Changes } from "../../support/changedConfiguration";
import {
  rawConfiguration,
  type RawCluster,
  type RawConfiguration,
  type RawRegion,
} from "../../support/configurationArbitraries";
import { inRegion, installed, stackOfAll } from "./clusterSupport";
import { stack } from "./support";
import { withoutPointers } from "../../support/pointers";

/**
 * What is changed in the example, and the exact lines that it gives; none where it is accepted.
 *
 * A change is one of the stack (`role.preset`, `regions[0].name`), or one of the cluster of its first region
 * (`networks[0].subnet`); `@` stands for that cluster: as a change it replaces it, in a line it is its path. `<regions>` in a
 * line stands for the names of all regions.
 */
export type RuleCase = readonly [changes: Changes, ...lines: string[]];

/** The cases of each rule, by the rule's name and by what the case is about. */
export type RuleTable = Readonly<Record<string, Readonly<Record<string, RuleCase>>>>;

/** What a table of cases is about. */
export interface RuleTableOptions {
  /** The cluster of the first region; the one of the example's stack unless it is given. */
  readonly cluster?: RawCluster;
  /** Rules that no configuration can break without breaking another one too. */
  readonly neverAlone?: readonly string[];
}

/**
 * Proves the rules of a file. Each case gives its lines, and no others, in three places: in the example; where the
 * example describes the cluster for all regions, unless a line or a change is of one region; and in any configuration,
 * next to whatever else is in it. Each rule has a case that breaks it alone.
 *
 * @param rules the array that the file exports
 */
export function describeRules(
  title: string,
  rules: readonly Rule[],
  table: RuleTable,
  { cluster, neverAlone = [] }: RuleTableOptions = {},
): void {
  describe(title, () => {
    const base = cluster ?? (stack.regions[0]!.clusterConfiguration as RawCluster);
    for (const [rule, cases] of Object.entries(table)) {
      describe(rule, () => {
        for (const [title, ruleCase] of Object.entries(cases)) {
          it(title, () => {
            prove(rule, ruleCase, base);
          });
        }

        it("is broken alone by a case", () => {
          const isAlone = Object.values(cases).some(
            ([changes]) => brokenBy(inExample(changes, base)).join() === rule,
          );
          assert.equal(isAlone, !neverAlone.includes(rule));
        });
      });
    }

    it("has cases for each of its rules", () => {
      assert.deepEqual(Object.keys(table).sort(), rules.map(({ name }) => name).sort());
    });
  });
}

/** {@link describeRules} of a cluster that has everything a rule may be about. */
export function describeClusterRules(
  title: string,
  rules: readonly Rule[],
  table: RuleTable,
): void {
  describeRules(title, rules, table, { cluster: installed });
}

function prove(rule: string, [changes, ...lines]: RuleCase, cluster: RawCluster): void {
  const raw = inExample(changes, cluster);
  assert.deepEqual(linesOf(raw), linesAt(lines, inRegion, raw));
  assert.equal(brokenBy(raw).includes(rule), lines.length > 0, "the rule itself says it");
  if (isOfEveryRegion(changes, lines)) {
    const ofAll = inExample(changes, cluster, stackOfAll);
    assert.deepEqual(linesOf(ofAll), linesAt(lines, "clusterConfiguration", ofAll));
  }
  if (!keysOf(changes).has("clusterConfiguration")) {
    proveAmongOthers(raw as RawConfiguration, changes, lines);
  }
}

/** The lines of the message about a configuration, without its heading; none when it is accepted. */
function linesOf(raw: unknown): string[] {
  try {
    parseConfiguration(raw);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return withoutPointers(error.message).split("\n").slice(1);
  }
}

function linesAt(lines: readonly string[], cluster: string, raw: unknown): string[] {
  const names = (raw as RawConfiguration).regions.map(({ name }) => name).join(", ");
  return lines.map((line) => line.replaceAll("@.", `${cluster}.`).replaceAll("<regions>", names));
}

/** The names of the rules that a configuration breaks in which the schema finds no fault. */
function brokenBy(raw: unknown): string[] {
  const { success, data } = configurationSchema.safeParse(raw);
  return allRules
    .filter((rule) => success && [...rule(data as WrittenConfiguration)].length > 0)
    .map(({ name }) => name);
}

const topKeys = Object.keys(configurationSchema.shape);
const keyOf = (path: string): string => /^\w*/.exec(path)?.[0] ?? "";

/** The keys of the stack in which something is changed. */
function keysOf(changes: Changes): ReadonlySet<string> {
  return new Set(Object.keys(changes).map(keyOf));
}

/** Whether something is changed in the cluster, and the lines are the same for whichever region. */
function isOfEveryRegion(changes: Changes, lines: readonly string[]): boolean {
  const keys = [...keysOf(changes)];
  const ofOneRegion = ["regions", "clusterConfiguration", "templateImage"];
  return (
    keys.some((key) => !topKeys.includes(key)) &&
    !keys.some((key) => ofOneRegion.includes(key)) &&
    !lines.some((line) => line.includes("regions["))
  );
}

function inExample(
  changes: Changes,
  base: RawCluster,
  stackWith = (cluster: unknown): unknown => changed(stack, { [inRegion]: cluster }),
): unknown {
  const entries = Object.entries(changes).filter(([path]) => path !== "@");
  const isOfStack = ([path]: readonly [string, unknown]): boolean => topKeys.includes(keyOf(path));
  const cluster = changed(
    changes["@"] ?? base,
    Object.fromEntries(entries.filter((entry) => !isOfStack(entry))),
  );
  return changed(stackWith(cluster), Object.fromEntries(entries.filter(isOfStack)));
}

function proveAmongOthers(raw: RawConfiguration, changes: Changes, lines: readonly string[]): void {
  fc.assert(
    fc.property(rawConfiguration, (others) => {
      const all = among(others, raw, keysOf(changes));
      assert.deepEqual(linesOf(all), linesAt(lines, inRegion, all));
    }),
    // To look for a smaller configuration takes minutes, and changes little in what is told.
    { numRuns: 3, endOnFailure: true },
  );
}

/**
 * A configuration with whatever else may be in one: the further regions with their clusters, and the keys of the top that
 * the case leaves alone. What the model of the case's grant or its template asks of every region is there for all.
 */
function among(
  others: RawConfiguration,
  raw: RawConfiguration,
  keys: ReadonlySet<string>,
): RawConfiguration {
  const { clusterConfiguration: general, categories, protect, deckhouse } = others;
  const { name, extraPrivileges, principals } = others.role ?? {};
  const regions = others.regions.map(({ clusterConfiguration: own, ...written }) => {
    const region = keys.has("categories") ? withMadeTags(written) : written;
    return general === undefined && own === undefined
      ? region
      : { ...region, clusterConfiguration: independent(general, own, keys) };
  });
  const ofAll = (path: string, value: object): Changes =>
    Object.fromEntries(regions.map(({ name: region }) => [`${path}["${region}"]`, value]));
  const isBuilt = raw.templateImage !== undefined && raw.templateImage.existing === undefined;
  return changed(
    {
      categories,
      protect: keys.has("templateImage") ? undefined : protect,
      deckhouse: { ...deckhouse, version: undefined, bundle: undefined },
      ...raw,
      regions: [...raw.regions, ...regions],
      role: keys.has("role") ? raw.role : { name, extraPrivileges, principals },
    },
    {
      ...(raw.role?.grant === "granular" &&
        ofAll("role.granular.regions", { distributedPortGroups: ["n"], vmFolder: "k8s" })),
      ...(isBuilt && ofAll("templateImage.places", { network: "nodes", folder: "Templates" })),
    },
  ) as RawConfiguration;
}

/** A region whose tags are made: whether tags may exist depends on what is said of the categories. */
function withMadeTags(region: RawRegion): RawRegion {
  return {
    ...region,
    existing: false,
    zones: region.zones.map((zone) => ({ ...zone, existing: false })),
  };
}

/** What depends on the version of Deckhouse, which is the case's own. */
const keysOfVersions = ["kubernetesVersion", "controllerVersion", "caBundle"];

/** What the top may say of installed clusters, though other regions get their nodes alone. */
const keysOfInstallation = [
  "vmFolderExists",
  "clusterDomain",
  "kubernetesVersion",
  "storagePolicy",
  "defaultCRI",
  "proxy",
  "firstUser",
];

/** A cluster by itself, whose nodes have templates of their own, and that fits any version of Deckhouse. */
function independent(
  general: RawCluster | undefined,
  own: RawCluster | undefined,
  keys: ReadonlySet<string>,
): unknown {
  const cluster: RawCluster = { ...general, ...own };
  return JSON.parse(JSON.stringify(cluster), (key, value: unknown) => {
    if (/ingress(es)?$/i.test(key) && keys.has("deckhouse")) return undefined;
    if (keysOfVersions.includes(key)) return undefined;
    if (keysOfInstallation.includes(key) && cluster.controlPlane === "elsewhere") return undefined;
    return key === "instanceClass" ? { template: "t", ...(value as object) } : value;
  });
}
