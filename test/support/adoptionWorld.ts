import { namedThings, type Named } from "../../commands/adopt/named";
import type { FoundInVCenter } from "../../commands/adopt/readVCenter";
import type { EngineState, StateResource } from "../../commands/engineState";
import { nothingEarlier } from "../../preflight/ours";
import { parseConfiguration } from "../../configuration/load";
import type { Permission, Role, Tag, TagCategory } from "../../vcenter";
import { changed, type Changes } from "./changedConfiguration";
import { PreflightWorld } from "./preflightWorld";
import { exampleConfiguration } from "./writtenExample";

type Mutable<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/**
 * A vCenter that has everything that the worked example names, as the example says it, and a stack whose state
 * has nothing but the record of what it asked for. A test changes one thing in it.
 */
export class AdoptionWorld {
  readonly named: readonly Named[];
  readonly categories: Mutable<TagCategory>[];
  readonly tags: Mutable<Tag>[];
  readonly carriers: Map<string, { type: string; id: string }[]>;
  readonly role: Mutable<Role>;
  readonly permissions: Permission[] = [];
  readonly resources: StateResource[] = [];
  readonly pendingCreates: StateResource[] = [];
  readonly #world: PreflightWorld;

  /** @param changes to the configuration, by path */
  constructor(changes: Changes = {}) {
    const written = changed(exampleConfiguration, changes);
    this.named = namedThings(parseConfiguration(written));
    const world = new PreflightWorld();
    this.#world = world;
    const { inventory, attached, tags, categories } = world.facts();
    this.categories = categories.map((one) => ({
      ...one,
      description: one.name === "k8s-region" ? "Kubernetes region" : "Kubernetes zone",
    }));
    this.tags = tags.map((tag) => ({
      ...tag,
      description: this.named.find(({ name }) => name === tag.name)?.description ?? "",
    }));
    this.carriers = new Map([...attached].map(([id]) => [id, []]));
    for (const { name, carriers = [] } of this.named) {
      for (const { path, type } of carriers) {
        const object = inventory.find(path, type);
        if (object === undefined) throw new Error(`there is no ${path}`);
        this.carriers.get(`tag ${name}`)?.push({ type, id: object.id });
      }
    }
    const [role] = this.named.flatMap(({ role: one }) => one ?? []);
    this.role = {
      ...{ id: 42, name: "kubernetes", label: "kubernetes", system: false },
      privileges: ["System.View", ...(role?.privileges ?? [])],
    };
    for (const path of ["/X1", "/X2"]) this.grant("VSPHERE.LOCAL\\deckhouse", path);
    const asked = {
      ...nothingEarlier,
      topology: {
        "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b"],
        "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
      },
      ...{ categories: ["k8s-region", "k8s-zone"], roles: ["kubernetes"] },
    };
    const type = "pulumi-nodejs:dynamic/vCenter:VCenter";
    this.resources.push({
      ...{ urn: `urn:pulumi:test::project::${type}::vcenter`, type, name: "vcenter", id: "uuid" },
      outputs: { asked },
    });
  }

  /** Puts a tag on an object. */
  attach(tag: string, path: string): void {
    this.carriers.get(`tag ${tag}`)?.push(this.#reference(path));
  }

  /** Takes a tag off an object. */
  detach(tag: string, path: string): void {
    const { id } = this.#reference(path);
    const rest = this.carriers.get(`tag ${tag}`)?.filter((object) => object.id !== id) ?? [];
    this.carriers.set(`tag ${tag}`, rest);
  }

  /** Grants the role on an object. */
  grant(principal: string, path: string): void {
    const entity = this.#reference(path);
    this.permissions.push({ entity, principal, group: false, roleId: 42, propagate: true });
  }

  /** Puts the resource of a named thing into the state, or among what an interrupted run was making. */
  record(name: string, id: string, list: StateResource[] = this.resources): StateResource {
    const named = this.named.find((one) => one.name === name);
    if (named === undefined) throw new Error(`nothing is named ${name}`);
    const resource = {
      ...{ urn: `urn:pulumi:test::project::${named.resource.type}::${named.resource.name}`, id },
      ...{ type: named.resource.type, name: named.resource.name, outputs: {} },
    };
    list.push(resource);
    return resource;
  }

  get state(): EngineState {
    return { resources: this.resources, pendingCreates: this.pendingCreates };
  }

  /** What a look finds. */
  found(): FoundInVCenter {
    const { inventory } = this.#world.facts();
    const { categories, tags, carriers } = this;
    return {
      ...{ instanceUuid: "uuid", inventory, categories, tags, carriers, roles: [this.role] },
      permissions: new Map([[42, this.permissions]]),
    };
  }

  #reference(path: string): { type: string; id: string } {
    const [type = "", id = ""] = this.#world.keyOf(path).split(":");
    return { type, id };
  }
}
