import fc from "fast-check";

import type { CheckResult } from "../../components/dynamic/dynamicProvider";
import type {
  PermissionInputs,
  PermissionOutputs,
} from "../../components/kubernetesRole/kubernetesRole";
import { PermissionProvider } from "../../components/kubernetesRole/permission/provider";
import type {
  TagAttachmentsInputs,
  TagAttachmentsOutputs,
} from "../../components/regionZoneTagging/tagAttachments/model";
import { groupsOf } from "../../components/regionZoneTagging/tagAttachments/model";
import { TagAttachmentsProvider } from "../../components/regionZoneTagging/tagAttachments/provider";
import { toDomainPrincipal } from "../../findings/principals";
import { objectKey } from "../../vcenter";
import { exampleAttachments, objects, providerCode, tags } from "./exampleVCenter";
import { examplePermission, grant, granted, permissionVCenter, roles } from "./examplePermission";
import type { InMemoryVCenter } from "./inMemoryVCenter";

/** The stack's three tags by name. Each is its own, or one of others that it uses (`existing: true`). */
const stackTags = exampleAttachments.tags;
const tagNames = Object.keys(stackTags);
const nameOfTag = new Map(Object.entries(stackTags).map(([name, id]) => [id, name]));

const paths: Readonly<Record<string, string>> = {
  [objects.x1]: "/X1",
  [objects.prod]: "/X1/host/x1_cluster_prod",
  [objects.stage]: "/X1/host/x1_cluster_stage",
  [objects.lun1]: "/X1/datastore/x1_lun_1",
  [objects.lun2]: "/X1/datastore/x1_lun_2",
  [objects.lun3]: "/X1/datastore/x1_lun_3",
  [objects.root]: "/X1/datastore/x1_root",
};
const objectKeys = Object.keys(paths);
const places = { "/X1": objects.x1, "/X2": objects.x2 } as const;
type Place = keyof typeof places;

const principal = "deckhouse@vsphere.local";
const principalInVCenter = toDomainPrincipal(principal);

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
export const someHistory = fc.record({
  ofOthers: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  roleOfOthers: fc.boolean(),
  events: fc.array(oneEvent, { minLength: 3, maxLength: 14 }),
});

type Inputs = TagAttachmentsInputs & { readonly __provider: string };
type Outputs = TagAttachmentsOutputs & { readonly __provider: string };
type PermissionState = PermissionOutputs & { readonly __provider: string };
type Configuration = Extract<Event, { readonly event: "configure" }>;

/**
 * Lives through a history with the providers themselves, in a vCenter in memory and with the least of an engine, and keeps
 * book of what others have: {@link losses} has every pair and permission of theirs that the stack took away.
 */
export class History {
  readonly losses: string[] = [];
  readonly #vCenter: InMemoryVCenter = permissionVCenter();
  readonly #tagging = new TagAttachmentsProvider(this.#vCenter.session());
  readonly #tagsOfOthers = new Set<string>();
  /** Pairs, `object tag`, that others made. */
  readonly #pairsOfOthers = new Set<string>(this.#vCenter.attachments());
  /** Permissions that others made, as they are told. */
  readonly #grantsOfOthers = new Set<string>(granted(this.#vCenter));
  #roleIsOfOthers: boolean;
  #configuration: Configuration;
  #state: Outputs | undefined;
  readonly #permissions = new Map<Place, PermissionState>();

  constructor(ofOthers: readonly boolean[], roleOfOthers: boolean) {
    tagNames.forEach((name, index) => {
      if (ofOthers[index] === true) this.#tagsOfOthers.add(name);
    });
    this.#roleIsOfOthers = roleOfOthers;
    this.#configuration = {
      event: "configure",
      zones: objectKeys.map((_, index) => (index % 2 === 0 ? "a" : "b")),
      existing: [],
      roleExists: false,
      grants: ["/X1"],
    };
  }

  /** How many calls have changed something in vCenter, and how many pairs and permissions others have now. */
  get size(): { readonly changes: number; readonly ofOthers: number } {
    const ofOthers = this.#pairsOfOthers.size + this.#grantsOfOthers.size;
    return { changes: this.#vCenter.changes().length, ofOthers };
  }

  async live(event: Event): Promise<void> {
    switch (event.event) {
      case "configure":
        this.#configuration = event;
        return;
      case "up":
        await this.#up();
        return;
      case "destroy":
        await this.#destroy();
        return;
      case "leave":
        this.#leave();
        return;
      case "take":
        // Into the state as if made here: from then on the words must not say that they exist.
        this.#tagsOfOthers.clear();
        this.#roleIsOfOthers = false;
        return;
      case "attach":
      case "detach":
        this.#byHand(event.event, event.tag, event.object);
        return;
      case "grant":
      case "revoke":
        this.#grantByHand(event);
    }
  }

  /** What others made has to be said to exist, or a preview refuses before anything else; what is ours may be. */
  #isUsed(name: string): boolean {
    const said = this.#configuration.existing[tagNames.indexOf(name)] === true;
    return said || this.#tagsOfOthers.has(name);
  }

  #inputs(): Inputs {
    const [region = "", zoneA = "", zoneB = ""] = tagNames;
    const pairs = objectKeys.flatMap((key, index) => {
      const zone = this.#configuration.zones[index] ?? "none";
      const path = paths[key] ?? "";
      const zoneTag = zone === "none" ? [] : [zone === "a" ? zoneA : zoneB];
      const carried = key.startsWith("Datacenter:")
        ? [region]
        : key.startsWith("Cluster")
          ? zoneTag
          : zoneTag.flatMap((tag) => [region, tag]);
      return carried.map((tag) => ({ tag, path, reference: undefined }));
    });
    const existing = tagNames.filter((name) => this.#isUsed(name));
    return {
      ...exampleAttachments,
      attachments: groupsOf(pairs).attachments,
      ...(existing.length > 0 && { existing }),
    };
  }

  async #up(): Promise<void> {
    const inputs = this.#inputs();
    const { inputs: checked, failures }: CheckResult<TagAttachmentsInputs> =
      await this.#tagging.check(this.#state ?? {}, inputs);
    if (failures.length > 0) return;
    const news = { ...checked, __provider: providerCode };
    const announced = new Set(
      Object.entries(news.announced ?? {}).flatMap(([tag, where]) =>
        where.map((path) => `${keyOf(path)} ${tag}`),
      ),
    );
    await this.#watching("up", announced, async () => {
      try {
        if (this.#state === undefined) {
          const { outs } = await this.#tagging.create(news);
          this.#state = { ...outs, __provider: providerCode };
        } else if ((await this.#tagging.diff("id", this.#state, news)).changes) {
          const { outs } = await this.#tagging.update("id", this.#state, news);
          this.#state = { ...outs, __provider: providerCode };
        }
      } catch {
        // A refusal of vCenter, such as a tag of others that came in between: the engine keeps the state.
      }
    });
    this.#takeOwn();
    await this.#grant();
  }

  /** Where the configuration wants a tag of the stack's own, it is the stack's, whoever attached it first. */
  #takeOwn(): void {
    for (const pair of this.#pairsOfOthers) {
      const [object = "", tag = ""] = pair.split(" ");
      const name = nameOfTag.get(tag);
      if (name === undefined || this.#isUsed(name) || !this.#isRecorded(tag, object)) continue;
      if (!this.#isFound(name, object)) this.#pairsOfOthers.delete(pair);
    }
  }

  #isFound(name: string, object: string): boolean {
    return Object.entries(this.#state?.found ?? {}).some(
      ([group, where]) => group.split(" + ").includes(name) && where.includes(paths[object] ?? ""),
    );
  }

  async #grant(): Promise<void> {
    const provider = new PermissionProvider(this.#vCenter.session());
    const { grants, roleExists } = this.#configuration;
    const existing = roleExists || this.#roleIsOfOthers;
    await this.#watching("up", new Set(), async () => {
      for (const path of grants) {
        const inputs: PermissionInputs & { readonly __provider: string } = {
          ...examplePermission,
          path,
          ...(existing && { existing }),
        };
        const before = this.#permissions.get(path);
        const { inputs: news, failures } = await provider.check(before ?? {}, inputs);
        if (failures.length > 0) continue;
        const wanted = { ...news, __provider: providerCode };
        if (before === undefined) {
          const { outs } = await provider.create(wanted);
          this.#permissions.set(path, { ...outs, __provider: providerCode });
        } else if ((await provider.diff("id", before, wanted)).changes) {
          const { outs } = await provider.update("id", before, wanted);
          this.#permissions.set(path, { ...outs, __provider: providerCode });
        }
      }
      for (const [path, properties] of this.#permissions) {
        if (grants.includes(path)) continue;
        await provider.delete("id", properties);
        this.#permissions.delete(path);
      }
    });
    if (existing) return;
    // With a role of the stack's own, a permission that the configuration wants is the stack's, whoever granted it first.
    for (const [path, { found }] of this.#permissions) {
      const rule = `${places[path]} ${principalInVCenter} ${roles.kubernetes}`;
      if (found !== true) this.#grantsOfOthers.delete(rule);
    }
  }

  async #destroy(): Promise<void> {
    await this.#watching("destroy", new Set(), async () => {
      const provider = new PermissionProvider(this.#vCenter.session());
      for (const [path, properties] of this.#permissions) {
        await provider.delete("id", properties);
        this.#permissions.delete(path);
      }
      if (this.#state !== undefined) await this.#tagging.delete("id", this.#state);
      this.#state = undefined;
    });
  }

  /** The stack is forgotten, and what it made is from then on somebody else's. */
  #leave(): void {
    this.#state = undefined;
    this.#permissions.clear();
    for (const name of tagNames) this.#tagsOfOthers.add(name);
    this.#roleIsOfOthers = true;
    for (const pair of this.#vCenter.attachments()) this.#pairsOfOthers.add(pair);
    for (const rule of granted(this.#vCenter)) this.#grantsOfOthers.add(rule);
  }

  #byHand(what: "attach" | "detach", tag: string, object: string): void {
    const pair = `${object} ${tag}`;
    if (what === "detach") {
      this.#vCenter.detachByHand(tag, object);
      this.#pairsOfOthers.delete(pair);
      return;
    }
    const category = this.#vCenter.tags.get(tag)?.categoryId ?? "";
    const isSingle = this.#vCenter.categories.get(category)?.cardinality === "SINGLE";
    const others = this.#vCenter
      .attachments()
      .filter((one) => one.startsWith(`${object} `) && one !== pair)
      .map((one) => this.#vCenter.tags.get(one.slice(object.length + 1))?.categoryId);
    if (isSingle && others.includes(category)) return;
    if (this.#vCenter.attachments().includes(pair)) return;
    this.#vCenter.attachByHand(tag, object);
    // Nobody can tell a pair that the stack made, and that others took off and put back, from one that nobody touched.
    if (!this.#isRecorded(tag, object)) this.#pairsOfOthers.add(pair);
  }

  #isRecorded(tag: string, object: string): boolean {
    const name = nameOfTag.get(tag) ?? "";
    const path = paths[object] ?? "";
    return Object.entries(this.#state?.attachments ?? {}).some(
      ([group, where]) => group.split(" + ").includes(name) && where.includes(path),
    );
  }

  #grantByHand({ event, place, ours, role }: Extract<Event, { readonly role: number }>): void {
    const key = places[place];
    const who = ours ? principalInVCenter : "VSPHERE.LOCAL\\somebody";
    const index = this.#vCenter.permissions.findIndex(
      ({ entity, principal: one, group }) => objectKey(entity) === key && one === who && !group,
    );
    const before = new Set(granted(this.#vCenter));
    if (index >= 0) this.#vCenter.permissions.splice(index, 1);
    if (event === "grant") grant(this.#vCenter, key, who, role);
    const after = new Set(granted(this.#vCenter));
    for (const rule of before) if (!after.has(rule)) this.#grantsOfOthers.delete(rule);
    // As with pairs: a permission of ours that others took away and gave back is the one that is recorded.
    const isRecorded = ours && role === roles.kubernetes && this.#permissions.has(place);
    for (const rule of after) {
      if (!before.has(rule) && !isRecorded) this.#grantsOfOthers.add(rule);
    }
  }

  /** Does something, and notes what others lost by it. */
  async #watching(
    what: "up" | "destroy",
    announced: ReadonlySet<string>,
    act: () => Promise<void>,
  ): Promise<void> {
    const pairs = this.#vCenter.attachments();
    const rules = granted(this.#vCenter);
    const used = new Set(
      tagNames.filter((name) =>
        what === "up" ? this.#isUsed(name) : this.#state?.existing?.includes(name),
      ),
    );
    const recorded = new Map(this.#permissions);
    await act();
    const left = new Set(this.#vCenter.attachments());
    for (const pair of pairs.filter((one) => !left.has(one) && this.#pairsOfOthers.has(one))) {
      const name = nameOfTag.get(pair.slice(pair.indexOf(" ") + 1));
      // A tag of the stack's own in a wrong place goes once the preview has said so.
      if (name !== undefined && !used.has(name) && announced.has(pair)) continue;
      this.losses.push(`${what} took off ${pair}`);
    }
    const leftRules = new Set(granted(this.#vCenter));
    for (const rule of rules.filter((one) => !leftRules.has(one))) {
      if (!this.#grantsOfOthers.has(rule)) continue;
      // A permission that the stack granted and somebody changed is drift, which up mends, and the preview says it.
      const isDrift = [...recorded.keys()].some((place) =>
        rule.startsWith(`${places[place]} ${principalInVCenter} `),
      );
      if (what === "up" && isDrift) continue;
      this.losses.push(`${what} took away ${rule}`);
    }
    this.#forgetLost(left, leftRules);
  }

  #forgetLost(left: ReadonlySet<string>, leftRules: ReadonlySet<string>): void {
    for (const pair of this.#pairsOfOthers) if (!left.has(pair)) this.#pairsOfOthers.delete(pair);
    for (const rule of this.#grantsOfOthers) {
      if (!leftRules.has(rule)) this.#grantsOfOthers.delete(rule);
    }
  }
}

function keyOf(path: string): string {
  return objectKeys.find((key) => paths[key] === path) ?? path;
}
