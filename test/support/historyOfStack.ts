import { Simulator } from "../../scripts/lab/simulator";
import type { Change, Snapshot } from "../../scripts/lab/simulatorState";
import { TestStack, type Run } from "../../scripts/lab/stack";
import { changedInventory } from "./changedInventory";
import { tags } from "./exampleVCenter";
import { roles } from "./examplePermission";
import {
  objectKeys,
  paths,
  places,
  principal,
  stackTags,
  tagNames,
  type HandEvent,
  type HistoryConfiguration,
  type Recorded,
  type World,
  type WrittenHistory,
} from "./histories";
import { stackCommand } from "./stackCommand";
import { readStateOfStack, type StateOfStack } from "./stateOfStack";
import { removeFolder, temporaryFolder } from "./temporaryFolder";

/** The categories and names that the tags of the histories have in the simulated vCenter, by their ids there. */
const tagPlaces: Readonly<Record<string, { readonly category: string; readonly tag: string }>> = {
  ...Object.fromEntries(
    Object.entries(stackTags).map(([name, id]) => [id, { category: categoryOf(name), tag: name }]),
  ),
  [tags.foreignZone]: { category: "k8s-zone", tag: "zone-of-others" },
  [tags.backup]: { category: "backup-policy", tag: "daily" },
};
const idsOfTags = new Map(Object.entries(tagPlaces).map(([id, { tag }]) => [tag, id]));
const keysOfPlaces: ReadonlyMap<string, string> = new Map(Object.entries(places));
const roleNames: Readonly<Record<number, string>> = {
  [roles.kubernetes]: "kubernetes",
  [roles.backup]: "backup-operator",
  [roles.other]: "other",
};
const idsOfRoles = new Map(Object.entries(roleNames).map(([id, name]) => [name, id]));

/** What ups came to. */
export interface Tally {
  /** Those that succeeded. */
  readonly ups: number;
  /** Those that were refused first, and that `npm run adopt` went on with. */
  readonly adoptions: number;
}

/**
 * The engine, the vSphere provider and the commands of the program, with a simulated vCenter. Where an `up` is refused
 * because something exists, the command is run that the message names.
 */
export class WorldOfStack implements World {
  readonly #simulator: Simulator;
  readonly #stack: TestStack;
  readonly #folder: string;
  /** The names for which `npm run adopt` wrote `existing: true`: the words stay in the file. */
  readonly #adopted = new Set<string>();
  #state: StateOfStack | undefined;
  #ups = 0;
  #adoptions = 0;

  private constructor(simulator: Simulator, stack: TestStack, folder: string) {
    this.#simulator = simulator;
    this.#stack = stack;
    this.#folder = folder;
  }

  static async create({ ofOthers, roleOfOthers }: WrittenHistory): Promise<WorldOfStack> {
    const folder = temporaryFolder();
    // Every datastore can be in either zone.
    const inventory = changedInventory(folder, (_, first) => {
      for (const datastore of first.datastores) delete datastore["clusters"];
    });
    const simulator = await Simulator.start({ inventory });
    const stack = await TestStack.create(simulator, { configuration: {} });
    const made = tagNames.filter((_, index) => ofOthers[index]);
    const description = "made by others";
    const changes: Change[] = [
      ...[...new Set(made.map(categoryOf))].map((category) => ({
        ...{ operation: "createCategory" as const, category, description },
        cardinality: "SINGLE" as const,
      })),
      ...made.map((tag) => ({
        ...{ operation: "createTag" as const, category: categoryOf(tag), tag, description },
      })),
      { operation: "createRole", role: "other", privileges: ["Global.LogEvent"] },
      ...(roleOfOthers
        ? [
            {
              operation: "createRole" as const,
              role: "kubernetes",
              privileges: ["Host.Config.Power"],
            },
          ]
        : []),
      { operation: "addPrincipal", principal: "somebody@vsphere.local" },
    ];
    await simulator.control.change(...changes);
    return new WorldOfStack(simulator, stack, folder);
  }

  get tally(): Tally {
    return { ups: this.#ups, adoptions: this.#adoptions };
  }

  async dispose(): Promise<void> {
    this.#stack.dispose();
    await this.#simulator.stop();
    removeFolder(this.#folder);
  }

  async pairs(): Promise<readonly string[]> {
    const { attachments } = await this.#snapshot();
    return attachments.map(({ tag, path }) => pairOf(path, tag));
  }

  async rules(): Promise<readonly string[]> {
    const { permissions } = await this.#snapshot();
    return permissions.map(
      ({ path, principal: who, group, role, propagate }) =>
        `${keysOfPlaces.get(path) ?? path} ${who}${group ? " (group)" : ""} ${idsOfRoles.get(role) ?? role}${propagate ? "" : " (only here)"}`,
    );
  }

  async things(): Promise<ReadonlyMap<string, string>> {
    const { categories, tags: all, roles: those } = await this.#snapshot();
    return new Map([
      ...categories.map((one): [string, string] => [`category ${one.name}`, JSON.stringify(one)]),
      ...all.map((one): [string, string] => [
        `tag ${one.category}/${one.name}`,
        JSON.stringify(one),
      ]),
      ...those.map((one): [string, string] => [`role ${one.name}`, JSON.stringify(one)]),
    ]);
  }

  async recorded(): Promise<Recorded> {
    const { pairs, found, usedTags, grants, made, used } = await this.#readState();
    const named = (all: ReadonlyMap<string, readonly string[]>): Set<string> =>
      new Set([...all].flatMap(([tag, where]) => where.map((path) => pairOf(path, tag))));
    const things = (all: StateOfStack["made"]): Set<string> =>
      new Set(
        all.map(({ kind, name }) =>
          kind === "tag" ? `tag ${categoryOf(name)}/${name}` : `${kind} ${name}`,
        ),
      );
    return {
      ...{ pairs: named(pairs), found: named(found), usedTags: new Set(usedTags), grants },
      ...{ made: things(made), used: things(used) },
    };
  }

  async up(configuration: HistoryConfiguration): Promise<ReadonlySet<string>> {
    this.#stack.configure(await this.#written(configuration));
    let run = await this.#changing(() => this.#stack.tryUp());
    if (run.exitCode !== 0 && run.output.includes("npm run adopt")) {
      this.#adoptions += 1;
      await this.#changing(() => this.#command("adopt", "--yes"));
      run = await this.#changing(() => this.#stack.tryUp());
      if (run.exitCode === 0) {
        const { used } = await this.#readState();
        for (const { name } of used) this.#adopted.add(name);
      }
    }
    if (run.exitCode === 0) this.#ups += 1;
    const { announced } = await this.#readState();
    return new Set(
      [...announced].flatMap(([tag, where]) => where.map((path) => pairOf(path, tag))),
    );
  }

  async destroy(): Promise<void> {
    // One that is refused, because others use the role, is tried again some time.
    await this.#changing(() =>
      this.#stack.run("destroy", "--yes", "--non-interactive", "--skip-preview"),
    );
  }

  async leave(): Promise<void> {
    await this.#changing(() => this.#command("leave", "--yes"));
  }

  async take(configuration: HistoryConfiguration): Promise<void> {
    this.#adopted.clear();
    this.#stack.configure(await this.#written(configuration));
    await this.#changing(() => this.#command("adopt", "--take", "--yes"));
  }

  async byHand(event: HandEvent): Promise<void> {
    const change = async (...changes: readonly Change[]): Promise<void> =>
      // What vCenter refuses does not happen: a second tag, or one that is not there yet.
      this.#simulator.control.change(...changes).catch(() => undefined);
    if ("role" in event) {
      const who = event.ours ? principal : "somebody@vsphere.local";
      const at = { path: event.place, principal: who };
      if (event.event === "revoke") await change({ operation: "removePermission", ...at });
      else
        await change({
          ...{ operation: "setPermission", ...at, role: roleNames[event.role] ?? "" },
        });
      return;
    }
    const named = tagPlaces[event.tag];
    if (named === undefined) throw new Error(`there is no tag ${event.tag}`);
    if (event.tag === tags.foreignZone && event.event === "attach") {
      await change({ operation: "createTag", ...named });
    }
    const path = paths[event.object] ?? "";
    await change({
      operation: event.event === "attach" ? "attachTag" : "detachTag",
      ...named,
      path,
    });
  }

  /**
   * The configuration as a stack file has it. Where a history says that something exists which vCenter does not have, the
   * file does not: a preview would refuse it, and that has tests of its own.
   */
  async #written({
    zones,
    existing,
    roleExists,
    grants,
  }: HistoryConfiguration): Promise<Record<string, unknown>> {
    const { categories, tags: there, roles: known } = await this.#snapshot();
    const all = new Set([...categories, ...there, ...known].map(({ name }) => name));
    const said = (name: string, isSaid = existing[tagNames.indexOf(name)] === true): boolean =>
      all.has(name) && (isSaid || this.#adopted.has(name));
    const [region = "", ...zoneNames] = tagNames;
    const inZone = (letter: "a" | "b"): string[] =>
      objectKeys.flatMap((key, index) =>
        key.startsWith("Datastore:") && zones[index] === letter ? [paths[key] ?? ""] : [],
      );
    // A zone is one cluster: the other way round where the history wants the first zone's in the second.
    const [first = "", second = ""] = clusterKeys.map((key) => paths[key]);
    const isTurned = zones[objectKeys.indexOf(clusterKeys[0] ?? "")] === "b";
    const both = [
      { letter: "a" as const, cluster: isTurned ? second : first },
      { letter: "b" as const, cluster: isTurned ? first : second },
    ].map(({ letter, cluster }, index) => ({
      name: zoneNames[index] ?? "",
      ...(said(zoneNames[index] ?? "") && { existing: true }),
      ...{ cluster, datastores: inZone(letter) },
    }));
    const full = both.filter(({ datastores }) => datastores.length > 0);
    const [only] = both;
    return {
      categories: {
        region: { existing: said("k8s-region", said(region)) },
        zone: {
          existing: said(
            "k8s-zone",
            zoneNames.some((name) => said(name)),
          ),
        },
      },
      regions: [
        {
          ...{ name: region, datacenter: "X1", ...(said(region) && { existing: true }) },
          zones: full.length > 0 ? full : [{ ...only, datastores: [lastDatastore] }],
        },
      ],
      role: {
        privileges: ["Datastore.Browse", "Network.Assign"],
        existing: said("kubernetes", roleExists),
        ...(grants.length > 0 && {
          principals: [principal],
          grant: grants.map((path) => ({ path })),
        }),
      },
    };
  }

  #command(name: string, ...args: readonly string[]): Promise<Run> {
    return stackCommand({ simulator: this.#simulator, stack: this.#stack }, name, ...args);
  }

  #snapshot(): Promise<Snapshot> {
    return this.#simulator.control.snapshot();
  }

  /** Does something that may change the state. */
  async #changing<T>(act: () => Promise<T>): Promise<T> {
    this.#state = undefined;
    return act();
  }

  async #readState(): Promise<StateOfStack> {
    this.#state ??= readStateOfStack(await this.#stack.exportState());
    return this.#state;
  }
}

const clusterKeys = objectKeys.filter((key) => key.startsWith("Cluster"));
const lastDatastore = paths[objectKeys.at(-1) ?? ""];

function categoryOf(tag: string): string {
  return tag.startsWith("k8s-region") ? "k8s-region" : "k8s-zone";
}

/** `object tag`, as histories write it. */
function pairOf(path: string, tag: string): string {
  const key = objectKeys.find((one) => paths[one] === path) ?? path;
  return `${key} ${idsOfTags.get(tag) ?? tag}`;
}
