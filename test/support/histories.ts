import fc from "fast-check";

import { toDomainPrincipal } from "../../findings/principals";
import { exampleAttachments, objects, tags } from "./exampleVCenter";
import { roles } from "./examplePermission";

/** The stack's three tags by name. Each is its own, or one of others that it uses (`existing: true`). */
export const stackTags = exampleAttachments.tags;
export const tagNames: readonly string[] = Object.keys(stackTags);
const nameOfTag = new Map(Object.entries(stackTags).map(([name, id]) => [id, name]));

/** The paths of the objects that can carry them, by object key. */
export const paths: Readonly<Record<string, string>> = {
  [objects.x1]: "/X1",
  [objects.prod]: "/X1/host/x1_cluster_prod",
  [objects.stage]: "/X1/host/x1_cluster_stage",
  [objects.lun1]: "/X1/datastore/x1_lun_1",
  [objects.lun2]: "/X1/datastore/x1_lun_2",
  [objects.lun3]: "/X1/datastore/x1_lun_3",
  [objects.root]: "/X1/datastore/x1_root",
};
export const objectKeys: readonly string[] = Object.keys(paths);

/** Where the stack can grant its role. */
export const places = { "/X1": objects.x1, "/X2": objects.x2 } as const;
export type Place = keyof typeof places;

/** The account that the stack grants its role to, as the configuration and as vCenter writes it. */
export const principal = "deckhouse@vsphere.local";
export const principalInVCenter = toDomainPrincipal(principal);

/** What happens in a history. */
export type Event =
  /** The configuration says this from now on: the zone of each object (none: it is not named), and what is said to exist. */
  | {
      readonly event: "configure";
      readonly zones: readonly ("a" | "b" | "none")[];
      readonly existing: readonly boolean[];
      readonly roleExists: boolean;
      readonly grants: readonly Place[];
    }
  | { readonly event: "up" | "destroy" | "leave" | "take" }
  /** Others attach or detach a tag, of their own or of those of the stack. */
  | { readonly event: "attach" | "detach"; readonly tag: string; readonly object: string }
  /** Others give the stack's user or their own a role, or take it away. */
  | {
      readonly event: "grant" | "revoke";
      readonly place: Place;
      readonly ours: boolean;
      readonly role: number;
    };

const tagIds = Object.values(tags);
const someTag = fc.record({
  tag: fc.constantFrom(...tagIds),
  object: fc.constantFrom(...objectKeys),
});
const someGrant = fc.record({
  place: fc.constantFrom<Place>("/X1", "/X2"),
  ours: fc.boolean(),
  role: fc.constantFrom(roles.kubernetes, roles.backup, roles.other),
});

const oneEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      event: fc.constant("configure" as const),
      zones: fc.tuple(...objectKeys.map(() => fc.constantFrom("a" as const, "b", "none"))),
      existing: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      roleExists: fc.boolean(),
      grants: fc.subarray<Place>(["/X1", "/X2"]),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ event: "up" as const }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { event: "destroy" as const },
      { event: "leave" as const },
      { event: "take" as const },
    ),
  },
  {
    weight: 5,
    arbitrary: someTag.chain((one) =>
      fc.constantFrom({ event: "attach" as const, ...one }, { event: "detach" as const, ...one }),
    ),
  },
  {
    weight: 2,
    arbitrary: someGrant.chain((one) =>
      fc.constantFrom({ event: "grant" as const, ...one }, { event: "revoke" as const, ...one }),
    ),
  },
);

/** A history of an environment: who made the three tags and the role, and what happened then. */
export interface WrittenHistory {
  readonly ofOthers: readonly boolean[];
  readonly roleOfOthers: boolean;
  readonly events: readonly Event[];
}

/** Any history of so many events. */
export function someHistory(minLength: number, maxLength: number): fc.Arbitrary<WrittenHistory> {
  return fc.record({
    ofOthers: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    roleOfOthers: fc.boolean(),
    events: fc.array(oneEvent, { minLength, maxLength }),
  });
}

/** What the configuration of a history says. */
export type HistoryConfiguration = Extract<Event, { readonly event: "configure" }>;

/** What a stack's state records. Everything is by name, so that a state in memory and one of the engine are the same. */
export interface Recorded {
  /** Pairs, `object tag`, that the stack made or accepted. */
  readonly pairs: ReadonlySet<string>;
  /** Those of them that were there before. */
  readonly found: ReadonlySet<string>;
  /** The names of the tags that the stack uses, and did not make. */
  readonly usedTags: ReadonlySet<string>;
  readonly grants: ReadonlyMap<string, { readonly found: boolean; readonly roleIsUsed: boolean }>;
  /** Categories, tags and roles, in the form of {@link World.things}, that the stack made or took over. */
  readonly made: ReadonlySet<string>;
  /** The same of those that it uses. */
  readonly used: ReadonlySet<string>;
}

/** Where a history happens: providers in a vCenter in memory, or the engine and a simulated vCenter. */
export interface World {
  /** All attachments, `object tag`. */
  pairs(): Promise<readonly string[]>;
  /** All permissions, `object principal role`. */
  rules(): Promise<readonly string[]>;
  /** All categories, tags and roles by kind and name, `tag k8s-zone/k8s-zone-x1-a`, each with all that is known of it. */
  things(): Promise<ReadonlyMap<string, string>>;
  recorded(): Promise<Recorded>;
  /** @returns the pairs, `object tag`, of which the preview said that they will be detached */
  up(configuration: HistoryConfiguration): Promise<ReadonlySet<string>>;
  destroy(): Promise<void>;
  leave(): Promise<void>;
  /** Takes what is there into the state as if the stack had made it. */
  take(configuration: HistoryConfiguration): Promise<void>;
  /** Others change something. What vCenter refuses does not happen. */
  byHand(event: HandEvent): Promise<void>;
}

/** What others do. */
export type HandEvent = Exclude<
  Event,
  { readonly event: "configure" | "up" | "destroy" | "leave" | "take" }
>;

/** What the stack does. */
type Deed = "up" | "destroy" | "leave" | "take";

/** What is in vCenter and in the state at one moment. */
interface Moment {
  readonly pairs: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly things: ReadonlyMap<string, string>;
  readonly recorded: Recorded;
}

/**
 * Lives through a history, and keeps book of what others have: {@link losses} has every attachment, permission, category,
 * tag and role of theirs that the stack took away.
 */
export class History {
  readonly losses: string[] = [];
  readonly #world: World;
  readonly #pairs: Set<string>;
  readonly #rules: Set<string>;
  readonly #things: Set<string>;
  #configuration: HistoryConfiguration = {
    event: "configure",
    zones: objectKeys.map((_, index) => (index % 2 === 0 ? "a" : "b")),
    existing: [],
    roleExists: false,
    grants: ["/X1"],
  };

  private constructor(world: World, { pairs, rules, things }: Moment) {
    this.#world = world;
    this.#pairs = new Set(pairs);
    this.#rules = new Set(rules);
    this.#things = new Set(things.keys());
  }

  /** Begins one: all that is in the vCenter is others'. */
  static async begin(world: World): Promise<History> {
    return new History(world, await momentOf(world));
  }

  /** How much others have now. */
  get ofOthers(): number {
    return this.#pairs.size + this.#rules.size;
  }

  async live(event: Event): Promise<void> {
    switch (event.event) {
      case "configure":
        this.#configuration = event;
        return;
      case "up":
      case "destroy":
      case "leave":
      case "take":
        await this.#watch(event.event);
        return;
      default:
        await this.#byHand(event);
    }
  }

  async #byHand(event: HandEvent): Promise<void> {
    const before = await momentOf(this.#world);
    await this.#world.byHand(event);
    const after = await momentOf(this.#world);
    for (const thing of after.things.keys()) if (!before.things.has(thing)) this.#things.add(thing);
    for (const pair of after.pairs) {
      // Nobody can tell a pair that the stack made, and that others took off and put back, from one that nobody touched.
      if (!before.pairs.has(pair) && !after.recorded.pairs.has(pair)) this.#pairs.add(pair);
    }
    for (const rule of after.rules) {
      // As with pairs: a permission that others took away and gave back is the one that is recorded.
      if (!before.rules.has(rule) && !isRecordedGrant(rule, after.recorded)) this.#rules.add(rule);
    }
    this.#forgetGone(after);
  }

  /** Does something, and notes what others lost by it. */
  async #watch(deed: Deed): Promise<void> {
    const before = await momentOf(this.#world);
    const announced = await this.#act(deed);
    const after = await momentOf(this.#world);
    for (const [thing, details] of before.things) {
      const now = after.things.get(thing);
      if (!this.#things.has(thing) || now === details) continue;
      // What the stack took over, it changes and deletes.
      if (deed !== "up" || !after.recorded.made.has(thing)) {
        this.losses.push(`${deed} ${now === undefined ? "deleted" : "changed"} ${thing}`);
      }
    }
    const usedTags = deed === "up" ? after.recorded.usedTags : before.recorded.usedTags;
    for (const pair of before.pairs) {
      if (after.pairs.has(pair) || !this.#pairs.has(pair)) continue;
      const tag = pair.slice(pair.indexOf(" ") + 1);
      const name = nameOfTag.get(tag);
      // A tag of the stack's own in a wrong place goes once the preview has said so.
      if (name !== undefined && !usedTags.has(name) && announced.has(pair)) continue;
      // It goes from everywhere with the tag itself, which is the stack's to delete.
      if (isDeletedTag(name, before, after) && !this.#isOfOthers(name, before)) continue;
      this.losses.push(`${deed} took off ${pair}`);
    }
    for (const rule of before.rules) {
      if (after.rules.has(rule) || !this.#rules.has(rule)) continue;
      // A permission that the stack granted and somebody changed is drift, which up mends, and the preview says it.
      const isDrift = [...before.recorded.grants.keys()].some((place) =>
        rule.startsWith(`${places[place as Place]} ${principalInVCenter} `),
      );
      if (deed === "up" && isDrift) continue;
      this.losses.push(`${deed} took away ${rule}`);
    }
    this.#settle(deed, after);
    this.#forgetGone(after);
  }

  async #act(deed: Deed): Promise<ReadonlySet<string>> {
    if (deed === "up") return this.#world.up(this.#configuration);
    if (deed === "take") await this.#world.take(this.#configuration);
    else if (deed === "leave") await this.#world.leave();
    else await this.#world.destroy();
    return new Set();
  }

  /** Whose everything is from now on. */
  #settle(deed: Deed, { pairs, rules, things, recorded }: Moment): void {
    if (deed === "leave") {
      // What the stack made is from then on somebody else's.
      for (const pair of pairs) this.#pairs.add(pair);
      for (const rule of rules) this.#rules.add(rule);
      for (const thing of things.keys()) this.#things.add(thing);
      return;
    }
    // What the words say to exist is never the stack's to delete, whoever made it.
    for (const thing of recorded.used) if (things.has(thing)) this.#things.add(thing);
    for (const thing of recorded.made) this.#things.delete(thing);
    if (deed !== "up") return;
    // Where the configuration wants a tag or a role of the stack's own, it is the stack's, whoever attached or granted it.
    for (const pair of this.#pairs) {
      const name = nameOfTag.get(pair.slice(pair.indexOf(" ") + 1));
      if (name === undefined || recorded.usedTags.has(name)) continue;
      if (recorded.pairs.has(pair) && !recorded.found.has(pair)) this.#pairs.delete(pair);
    }
    for (const [place, { found, roleIsUsed }] of recorded.grants) {
      const rule = `${places[place as Place]} ${principalInVCenter} ${roles.kubernetes}`;
      if (!found && !roleIsUsed) this.#rules.delete(rule);
    }
  }

  #isOfOthers(name: string | undefined, { things }: Moment): boolean {
    return [...things.keys()].some((thing) => isTag(thing, name) && this.#things.has(thing));
  }

  #forgetGone({ pairs, rules, things }: Moment): void {
    for (const pair of this.#pairs) if (!pairs.has(pair)) this.#pairs.delete(pair);
    for (const rule of this.#rules) if (!rules.has(rule)) this.#rules.delete(rule);
    for (const thing of this.#things) if (!things.has(thing)) this.#things.delete(thing);
  }
}

async function momentOf(world: World): Promise<Moment> {
  const [pairs, rules, things, recorded] = await Promise.all([
    world.pairs(),
    world.rules(),
    world.things(),
    world.recorded(),
  ]);
  return { pairs: new Set(pairs), rules: new Set(rules), things, recorded };
}

function isRecordedGrant(rule: string, { grants }: Recorded): boolean {
  return [...grants.keys()].some(
    (place) => rule === `${places[place as Place]} ${principalInVCenter} ${roles.kubernetes}`,
  );
}

function isTag(thing: string, name: string | undefined): boolean {
  return name !== undefined && thing.startsWith("tag ") && thing.endsWith(`/${name}`);
}

function isDeletedTag(name: string | undefined, before: Moment, after: Moment): boolean {
  const isThere = ({ things }: Moment): boolean =>
    [...things.keys()].some((thing) => isTag(thing, name));
  return isThere(before) && !isThere(after);
}
