import type { CheckResult } from "../../components/dynamic/dynamicProvider";
import type {
  PermissionInputs,
  PermissionOutputs,
} from "../../components/kubernetesRole/kubernetesRole";
import { PermissionProvider } from "../../components/kubernetesRole/permission/provider";
import type {
  AttachmentsByPath,
  TagAttachmentsInputs,
  TagAttachmentsOutputs,
} from "../../components/regionZoneTagging/tagAttachments/model";
import { byPath, pairsOf } from "../../components/regionZoneTagging/tagAttachments/model";
import { TagAttachmentsProvider } from "../../components/regionZoneTagging/tagAttachments/provider";
import { objectKey } from "../../vcenter";
import { exampleAttachments, providerCode } from "./exampleVCenter";
import { examplePermission, grant, granted, permissionVCenter } from "./examplePermission";
import {
  objectKeys,
  paths,
  places,
  principalInVCenter,
  stackTags,
  tagNames,
  type HandEvent,
  type HistoryConfiguration,
  type Place,
  type Recorded,
  type World,
  type WrittenHistory,
} from "./histories";
import type { InMemoryVCenter } from "./inMemoryVCenter";

type Outputs = TagAttachmentsOutputs & { readonly __provider: string };
type PermissionState = PermissionOutputs & { readonly __provider: string };

/**
 * The providers themselves, in a vCenter in memory and with the least of an engine. Categories, tags and the role are there
 * from the beginning and stay: they are the vSphere provider's, and the histories of a stack have them.
 */
export class WorldInMemory implements World {
  readonly #vCenter: InMemoryVCenter = permissionVCenter();
  readonly #tagging = new TagAttachmentsProvider(this.#vCenter.session());
  readonly #tagsOfOthers: Set<string>;
  #roleIsOfOthers: boolean;
  #state: Outputs | undefined;
  readonly #permissions = new Map<Place, PermissionState>();

  constructor({ ofOthers, roleOfOthers }: WrittenHistory) {
    this.#tagsOfOthers = new Set(tagNames.filter((_, index) => ofOthers[index]));
    this.#roleIsOfOthers = roleOfOthers;
  }

  /** How many calls have changed something in vCenter. */
  get changes(): number {
    return this.#vCenter.changes().length;
  }

  pairs(): Promise<readonly string[]> {
    return Promise.resolve(this.#vCenter.attachments());
  }

  rules(): Promise<readonly string[]> {
    return Promise.resolve(granted(this.#vCenter));
  }

  things(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  recorded(): Promise<Recorded> {
    const { attachments, found, existing } = this.#state ?? {};
    return Promise.resolve({
      pairs: pairsByKey(attachments),
      found: pairsByKey(found),
      usedTags: new Set(existing ?? []),
      grants: new Map(
        [...this.#permissions].map(([place, one]) => [
          place,
          { found: one.found === true, roleIsUsed: one.existing === true },
        ]),
      ),
      ...{ made: new Set<string>(), used: new Set<string>() },
    });
  }

  async up(configuration: HistoryConfiguration): Promise<ReadonlySet<string>> {
    const inputs = this.#inputs(configuration);
    const { inputs: checked, failures }: CheckResult<TagAttachmentsInputs> =
      await this.#tagging.check(this.#state ?? {}, inputs);
    if (failures.length > 0) return new Set();
    const news = { ...checked, __provider: providerCode };
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
    await this.#grant(configuration);
    return new Set(
      Object.entries(news.announced ?? {}).flatMap(([tag, where]) =>
        where.map((path) => `${keyOf(path)} ${tag}`),
      ),
    );
  }

  async destroy(): Promise<void> {
    const provider = new PermissionProvider(this.#vCenter.session());
    for (const [path, properties] of this.#permissions) {
      await provider.delete("id", properties);
      this.#permissions.delete(path);
    }
    if (this.#state !== undefined) await this.#tagging.delete("id", this.#state);
    this.#state = undefined;
  }

  leave(): Promise<void> {
    this.#state = undefined;
    this.#permissions.clear();
    for (const name of tagNames) this.#tagsOfOthers.add(name);
    this.#roleIsOfOthers = true;
    return Promise.resolve();
  }

  /** From then on the words must not say that they exist. */
  take(): Promise<void> {
    this.#tagsOfOthers.clear();
    this.#roleIsOfOthers = false;
    return Promise.resolve();
  }

  byHand(event: HandEvent): Promise<void> {
    if ("role" in event) this.#grantByHand(event);
    else if (event.event === "detach") this.#vCenter.detachByHand(event.tag, event.object);
    else this.#attachByHand(event.tag, event.object);
    return Promise.resolve();
  }

  /** What others made has to be said to exist, or a preview refuses before anything else; what is ours may be. */
  #isUsed({ existing }: HistoryConfiguration, name: string): boolean {
    return existing[tagNames.indexOf(name)] === true || this.#tagsOfOthers.has(name);
  }

  #inputs(
    configuration: HistoryConfiguration,
  ): TagAttachmentsInputs & { readonly __provider: string } {
    const [region = "", zoneA = "", zoneB = ""] = tagNames;
    const pairs = objectKeys.flatMap((key, index) => {
      const zone = configuration.zones[index] ?? "none";
      const path = paths[key] ?? "";
      const zoneTag = zone === "none" ? [] : [zone === "a" ? zoneA : zoneB];
      const carried = key.startsWith("Datacenter:")
        ? [region]
        : key.startsWith("Cluster")
          ? zoneTag
          : zoneTag.flatMap((tag) => [region, tag]);
      return carried.map((tag) => ({ tag, path, reference: undefined }));
    });
    const existing = tagNames.filter((name) => this.#isUsed(configuration, name));
    return {
      ...exampleAttachments,
      attachments: byPath(pairs).attachments,
      ...(existing.length > 0 && { existing }),
    };
  }

  async #grant({ grants, roleExists }: HistoryConfiguration): Promise<void> {
    const provider = new PermissionProvider(this.#vCenter.session());
    const existing = roleExists || this.#roleIsOfOthers;
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
  }

  #attachByHand(tag: string, object: string): void {
    const pair = `${object} ${tag}`;
    const category = this.#vCenter.tags.get(tag)?.categoryId ?? "";
    const isSingle = this.#vCenter.categories.get(category)?.cardinality === "SINGLE";
    const others = this.#vCenter
      .attachments()
      .filter((one) => one.startsWith(`${object} `) && one !== pair)
      .map((one) => this.#vCenter.tags.get(one.slice(object.length + 1))?.categoryId);
    if (!isSingle || !others.includes(category)) this.#vCenter.attachByHand(tag, object);
  }

  #grantByHand({ event, place, ours, role }: Extract<HandEvent, { readonly role: number }>): void {
    const key = places[place];
    const who = ours ? principalInVCenter : "VSPHERE.LOCAL\\somebody";
    const index = this.#vCenter.permissions.findIndex(
      ({ entity, principal: one, group }) => objectKey(entity) === key && one === who && !group,
    );
    if (index >= 0) this.#vCenter.permissions.splice(index, 1);
    if (event === "grant") grant(this.#vCenter, key, who, role);
  }
}

function pairsByKey(attachments: AttachmentsByPath | undefined): Set<string> {
  return new Set(
    pairsOf(attachments ?? {}).map(({ tag, path }) => `${keyOf(path)} ${stackTags[tag] ?? tag}`),
  );
}

function keyOf(path: string): string {
  return objectKeys.find((key) => paths[key] === path) ?? path;
}
