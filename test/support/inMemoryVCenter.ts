import assert from "node:assert/strict";

import { Answers } from "../../components/dynamic/answers";
import { LiveView } from "../../components/dynamic/liveView";
import { VCenterSession } from "../../components/dynamic/vcenterSession";
import { samePrincipal } from "../../findings/principals";
import {
  Inventory,
  VCenterError,
  objectKey,
  type BatchResult,
  type InventoryEntry,
  type ManagedObjectReference,
  type Permission,
  type PermissionRule,
  type Role,
  type StoragePolicy,
  type Tag,
  type TagCategory,
  type VCenterClient,
} from "../../vcenter";
import { InMemoryHosts } from "./inMemoryHosts";
import { InMemoryMachines } from "./inMemoryMachines";
import { thrownBy } from "./thrownBy";
import { withoutPointers } from "./pointers";

type Change = "attach" | "detach";
type Reference = ManagedObjectReference;

const root: ManagedObjectReference = { type: "Folder", id: "group-d1" };

/**
 * A vCenter in memory, at the boundary of the client (VCenterClient): what the providers ask and change goes through
 * their own code down to the calls. It keeps vCenter's rules: one tag of a SINGLE category on an object, one
 * permission of a principal on an object, names that are compared without regard to case.
 */
export class InMemoryVCenter {
  instanceUuid = "uuid-of-the-first";
  /** The stack's configuration, as the provider process gets it. */
  configuration: Record<string, string> = {
    "vsphere:vsphereServer": "vcenter.example.com",
    "vsphere:user": "administrator@vsphere.local",
    "vsphere:password": "password-of-nobody",
  };
  readonly categories = new Map<string, TagCategory>();
  readonly tags = new Map<string, Tag>();
  readonly permissions: Permission[] = [];
  readonly roles: Role[] = [];
  readonly machines = new InMemoryMachines();
  readonly hosts = new InMemoryHosts();
  readonly storagePolicies: StoragePolicy[] = [];
  /** The privileges that it knows; none when it does not list them. */
  readonly privileges: string[] = [];
  /** The vCenter's clock. */
  now = new Date("2026-01-02T03:04:05Z");
  /** Every call, as its name with what it was about: `attach urn:tag:a Datastore:datastore-1`. */
  readonly calls: string[] = [];
  /** Decides whether a call fails as a whole. */
  failing: (call: string) => Error | undefined = () => undefined;
  /** Decides whether vCenter refuses one object of an attach or detach, and what it says of it. */
  refused: (change: Change, tag: string, object: string) => string | undefined = () => undefined;
  /** Whether the account may read tags: vCenter leaves out of its lists those that it may not. */
  tagsAreReadable = true;
  /** The privileges that the account lacks on every object. */
  readonly lacking: string[] = [];
  /** Answers as if a change was made, and does not make it. */
  forgetful = false;
  readonly #entries = new Map<string, InventoryEntry>();
  readonly #hidden = new Set<string>();
  readonly #attached = new Map<string, Set<string>>();

  /** Adds or renames an object. Without a parent it is right below the root folder. */
  place(key: string, name: string, parentKey?: string): void {
    const parent = parentKey === undefined ? root : reference(parentKey);
    this.#entries.set(key, { ...reference(key), name, parent });
  }

  /** Gives an object another name. */
  rename(key: string, name: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      throw new Error(`there is no ${key}`);
    }
    this.#entries.set(key, { ...entry, name });
  }

  /** Takes from the account the right to see an object. */
  hide(key: string): void {
    this.#hidden.add(key);
  }

  /** Gives all objects back that were hidden. */
  showAll(): void {
    this.#hidden.clear();
  }

  /** Takes an object out of the inventory, with its tags. */
  unregister(key: string): void {
    this.#entries.delete(key);
    this.#attached.delete(key);
  }

  addCategory(id: string, name: string, cardinality: TagCategory["cardinality"] = "SINGLE"): void {
    this.categories.set(id, { id, name, description: "", cardinality, associableTypes: [] });
  }

  addTag(id: string, name: string, categoryId: string): void {
    this.tags.set(id, { id, name, description: "", categoryId });
  }

  addRole(id: number, name: string, privileges: readonly string[] = []): void {
    this.roles.push({ id, name, label: name, system: id < 0, privileges });
  }

  /** Somebody attaches a tag by hand. */
  attachByHand(tag: string, key: string): void {
    this.#tagsOn(key).add(tag);
  }

  /** Somebody detaches a tag by hand. */
  detachByHand(tag: string, key: string): void {
    this.#tagsOn(key).delete(tag);
  }

  /** All attachments, `object tag`, sorted. */
  attachments(): string[] {
    return [...this.#attached]
      .flatMap(([key, tags]) => [...tags].map((tag) => `${key} ${tag}`))
      .sort();
  }

  /** The calls that change something. */
  changes(): string[] {
    return this.calls.filter((call) =>
      /^(attach|detach|setPermission|removePermission|rename|destroy|clone) /.test(call),
    );
  }

  /** What the providers get in place of the process's session: each call starts with nothing known. */
  session(): VCenterSession {
    const client = this.client();
    const session = new VCenterSession();
    session.configure({ get: (key) => this.configuration[key] });
    session.read = async (use) => use(new LiveView(client));
    session.ifReachable = async (use) => use(new LiveView(client));
    session.change = async (change) => change(client, new LiveView(client));
    session.changeOneOfMany = async (change) => change(client, new LiveView(client));
    return session;
  }

  /** The same, but what one call has read the next ones share, as in a run (VCenterSession). */
  sharingSession(): VCenterSession {
    const client = this.client();
    const answers = new Answers();
    const session = this.session();
    session.read = async (use) => use(new LiveView(client, answers, 15_000));
    session.ifReachable = session.read.bind(session);
    session.changeOneOfMany = async (change) =>
      change(client, new LiveView(client, answers, 5_000));
    return session;
  }

  /** The part of the client that the providers use. */
  client(): VCenterClient {
    const called = (call: string): Promise<void> => {
      this.calls.push(call);
      const error = this.failing(call);
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    };
    const on =
      <Parameters extends unknown[], Answer>(
        name: string,
        answer: (...parameters: Parameters) => Answer,
        about = (...parameters: Parameters): unknown[] => parameters.map(shown),
      ) =>
      async (...parameters: Parameters): Promise<Answer> => {
        await called([name, ...about(...parameters)].join(" "));
        return answer(...parameters);
      };
    const client = {
      about: on("about", () => ({ instanceUuid: this.instanceUuid })),
      currentTime: on("currentTime", () => this.now),
      virtualMachines: this.machines.client(called),
      mounts: this.hosts.client(called),
      storagePolicies: { list: on("storagePolicies", () => this.storagePolicies) },
      inventory: {
        // Both parts of the inventory are all of it: what is a network is for the client's own tests.
        read: on(
          "inventory",
          (_part: string) => {
            const visible = [...this.#entries].filter(([key]) => !this.#hidden.has(key));
            return new Inventory(
              root,
              Array.from(visible, ([, entry]) => entry),
            );
          },
          (part) => (part === "networks" ? [part] : []),
        ),
        exists: on("exists", (object: Reference) => this.#entries.has(objectKey(object))),
      },
      tagging: {
        categories: on("categories", () => [...this.categories.values()]),
        category: on(
          "category",
          (id: string) => this.categories.get(id) ?? notFound(`category ${id}`),
        ),
        tagIdsOfCategory: on("tagIdsOfCategory", (id: string) =>
          this.tagsAreReadable ? this.#tagsOf(id).map((tag) => tag.id) : [],
        ),
        tags: on("tags", (id: string) => this.#tagsOf(id)),
        tag: on("tag", (id: string) => {
          const tag = this.tags.get(id) ?? notFound(`tag ${id}`);
          if (!this.tagsAreReadable) throw noPermission("read a tag");
          return tag;
        }),
        attachedTags: on(
          "attachedTags",
          (objects: readonly Reference[]) => {
            const read = (key: string) => (this.tagsAreReadable ? [...this.#tagsOn(key)] : []);
            return new Map(objects.map(objectKey).map((key) => [key, read(key)]));
          },
          ({ length }) => [length],
        ),
        attach: on("attach", (tag: string, objects: readonly Reference[]) =>
          this.#change("attach", tag, objects),
        ),
        detach: on("detach", (tag: string, objects: readonly Reference[]) =>
          this.#change("detach", tag, objects),
        ),
      },
      authorization: {
        roles: on("roles", () => [...this.roles]),
        privileges: on("privileges", () => [...this.privileges]),
        missingPrivileges: on(
          "missingPrivileges",
          (_user: string, all: readonly Reference[], privileges: readonly string[]) =>
            new Map(
              all.map((one) => [
                objectKey(one),
                privileges.filter((privilege) => this.lacking.includes(privilege)),
              ]),
            ),
          (user) => [user],
        ),
        allPermissions: on("allPermissions", () => [...this.permissions]),
        permissions: on("permissions", (entity: Reference) =>
          this.permissions.filter((rule) => objectKey(rule.entity) === objectKey(entity)),
        ),
        permissionsWithRole: on(
          "permissionsWithRole",
          (id: number) => this.permissions.filter(({ roleId }) => roleId === id),
          (id) => [id],
        ),
        setPermission: on(
          "setPermission",
          (entity: Reference, rule: PermissionRule) => {
            if (this.forgetful) return;
            this.#removeRule(entity, rule.principal, rule.group);
            this.permissions.push({ entity: { type: entity.type, id: entity.id }, ...rule });
          },
          (entity, { principal }) => [objectKey(entity), principal],
        ),
        removePermission: on(
          "removePermission",
          (entity: Reference, principal: string, group: boolean) =>
            this.#removeRule(entity, principal, group),
          (entity, principal) => [objectKey(entity), principal],
        ),
      },
    };
    return client as unknown as VCenterClient;
  }

  #tagsOf(categoryId: string): Tag[] {
    return [...this.tags.values()].filter((tag) => tag.categoryId === categoryId);
  }

  #tagsOn(key: string): Set<string> {
    const tags = this.#attached.get(key) ?? new Set<string>();
    this.#attached.set(key, tags);
    return tags;
  }

  #change(change: Change, tagId: string, objects: readonly ManagedObjectReference[]): BatchResult {
    const tag = this.tags.get(tagId) ?? notFound(`tag ${tagId}`);
    const failures: BatchResult["failures"][number][] = [];
    for (const object of objects) {
      const key = objectKey(object);
      const message = this.refused(change, tagId, key) ?? this.#obstacle(change, tag, key);
      if (message !== undefined) {
        failures.push({ object: reference(key), message, id: "cis.tagging.refused" });
      } else if (!this.forgetful) {
        const tags = this.#tagsOn(key);
        if (change === "attach") tags.add(tagId);
        else tags.delete(tagId);
      }
    }
    return { failures };
  }

  #obstacle(change: Change, tag: Tag, key: string): string | undefined {
    if (!this.#entries.has(key)) {
      return `the object ${key} was not found`;
    }
    const isSingle = this.categories.get(tag.categoryId)?.cardinality === "SINGLE";
    const other = [...this.#tagsOn(key)].find(
      (id) => id !== tag.id && this.tags.get(id)?.categoryId === tag.categoryId,
    );
    return change === "attach" && isSingle && other !== undefined
      ? "the category allows one tag on an object"
      : undefined;
  }

  #removeRule(entity: ManagedObjectReference, principal: string, group: boolean): boolean {
    const index = this.permissions.findIndex(
      (rule) =>
        objectKey(rule.entity) === objectKey(entity) &&
        rule.group === group &&
        samePrincipal(rule.principal, principal),
    );
    if (index >= 0) this.permissions.splice(index, 1);
    return index >= 0;
  }
}

/** The error of an account that lacks a privilege. */
export function noPermission(operation: string): VCenterError {
  return new VCenterError({ kind: "noPermission", operation, answer: "NoPermission" });
}

function notFound(object: string): never {
  throw new VCenterError({ kind: "notFound", operation: "look", object, answer: "not found" });
}

/** A parameter of a call: a text, an object, or a list of objects. */
function shown(parameter: unknown): string {
  if (typeof parameter === "string") return parameter;
  return [parameter as Reference | Reference[]].flat().map(objectKey).join(" ");
}

function reference(key: string): ManagedObjectReference {
  const [type = "", id = ""] = key.split(":");
  return { type, id };
}

/** Asserts that a preview fails when vCenter cannot be asked, with the reason and no stack. */
export async function assertFailsUnasked(
  vCenter: InMemoryVCenter,
  preview: () => Promise<unknown>,
): Promise<void> {
  const reason = noPermission("read the inventory");
  vCenter.failing = () => reason;
  const error = await thrownBy(preview());
  assert.ok(error instanceof Error);
  assert.deepEqual([withoutPointers(error.message), error.stack], [reason.message, ""]);
}
