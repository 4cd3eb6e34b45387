import { comparableName } from "../../findings/text";
import {
  isVCenterError,
  objectKey,
  typesOf,
  type HostMounts,
  type Inventory,
  type ManagedObjectReference,
  type ObjectKind,
  type Permission,
  type Role,
  type StoragePolicy,
  type Tag,
  type TagCategory,
  type VCenterClient,
  type VirtualMachine,
} from "../../vcenter";

/** With the key of an object: whether vCenter has it. */
const hiddenQuestion = "hidden ";

/**
 * What vCenter has, each question asked at most once: the checks of many resources in one preview ask the same ones.
 * A question that failed may be asked again. Only used while a call holds the client (VCenterSession).
 */
export class LiveView {
  readonly #client: VCenterClient;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(client: VCenterClient) {
    this.#client = client;
  }

  /** A view for the look after a change: what changes never touch is kept, all else is read anew. */
  afterChange(): LiveView {
    const view = new LiveView(this.#client);
    const kept = ["about", "inventory", "roles", "storage policies"];
    for (const [question, answer] of this.#answers) {
      if (kept.includes(question) || question.startsWith(hiddenQuestion)) {
        view.#answers.set(question, answer);
      }
    }
    return view;
  }

  /** The vCenter's own identity. */
  instanceUuid(): Promise<string> {
    return this.#once("about", async () => (await this.#client.about()).instanceUuid);
  }

  inventory(): Promise<Inventory> {
    return this.#once("inventory", () => this.#client.inventory.read());
  }

  /** Whether vCenter has an object that the inventory does not show: then this account cannot see it. */
  isHidden(object: ManagedObjectReference): Promise<boolean> {
    return this.#once(`${hiddenQuestion}${objectKey(object)}`, () =>
      this.#client.inventory.exists(object),
    );
  }

  /**
   * The object of a kind at a path that the inventory does not list: a host, a resource pool, a machine. A path that names
   * the datacenter's folder by what it holds leads there whatever it is called.
   */
  async object(path: string, kind: ObjectKind): Promise<ManagedObjectReference | undefined> {
    const found = await this.#objectAt(path, kind);
    const other = found === undefined ? await this.#otherSpelling(path) : undefined;
    return other === undefined ? found : this.#objectAt(other, kind);
  }

  /** What vCenter finds first at a path, for a message that says what is there. */
  async anyObject(path: string): Promise<ManagedObjectReference | undefined> {
    const found = await this.#anyObjectAt(path);
    const other = found === undefined ? await this.#otherSpelling(path) : undefined;
    return other === undefined ? found : this.#anyObjectAt(other);
  }

  async #objectAt(path: string, kind: ObjectKind): Promise<ManagedObjectReference | undefined> {
    const types = typesOf([kind]);
    const found = await this.#anyObjectAt(path);
    return found === undefined || types.includes(found.type)
      ? found
      : this.#once(`object of kind ${kind} ${path}`, () =>
          this.#client.virtualMachines.find(path, types),
        );
  }

  #anyObjectAt(path: string): Promise<ManagedObjectReference | undefined> {
    return this.#once(`object ${path}`, () => this.#client.virtualMachines.findAny(path));
  }

  async #otherSpelling(path: string): Promise<string | undefined> {
    return (await this.inventory()).spellings(path).find((spelling) => spelling !== path);
  }

  /** The virtual machine or template at a path. */
  virtualMachine(path: string): Promise<VirtualMachine | undefined> {
    return this.#once(`virtual machine ${path}`, async () => {
      const reference = await this.object(path, "virtual machine");
      return reference && (await this.#client.virtualMachines.read(reference));
    });
  }

  /** All storage policies, sorted by name. */
  storagePolicies(): Promise<readonly StoragePolicy[]> {
    return this.#once("storage policies", () => this.#client.storagePolicies.list());
  }

  /** The hosts of datastores and clusters: one call. */
  mounts(
    datastores: readonly ManagedObjectReference[],
    clusters: readonly ManagedObjectReference[],
  ): Promise<HostMounts> {
    const keys = [datastores, clusters].map((objects) => objects.map(objectKey).join(" "));
    return this.#once(`mounts of ${keys.join(" on ")}`, () =>
      this.#client.mounts.read(datastores, clusters),
    );
  }

  roles(): Promise<readonly Role[]> {
    return this.#once("roles", () => this.#client.authorization.roles());
  }

  /** The permissions on all objects: one call, which takes more rights than to read those of one object. */
  allPermissions(): Promise<readonly Permission[]> {
    return this.#once("permissions", () => this.#client.authorization.allPermissions());
  }

  /**
   * The permissions defined on one object itself. All permissions come with one call; an account that may not read
   * them all reads those of the object.
   */
  async permissions(entity: ManagedObjectReference): Promise<readonly Permission[]> {
    const all = await this.#permissionsByObject();
    return all === undefined ? this.permissionsOn(entity) : (all.get(objectKey(entity)) ?? []);
  }

  /** All permissions by the keys of their objects; undefined when the account may not read them, which is asked once. */
  #permissionsByObject(): Promise<ReadonlyMap<string, readonly Permission[]> | undefined> {
    return this.#once("permissions by object", async () => {
      try {
        return byObject(await this.allPermissions());
      } catch (error) {
        if (isVCenterError(error, "noPermission")) return undefined;
        throw error;
      }
    });
  }

  /**
   * The permissions defined on one object itself, asked of that object alone. The list of all permissions leaves out what
   * this account may not see; this question is refused then.
   */
  permissionsOn(entity: ManagedObjectReference): Promise<readonly Permission[]> {
    return this.#once(`permissions of ${objectKey(entity)}`, () =>
      this.#client.authorization.permissions(entity),
    );
  }

  /** The category of that name; vCenter compares names without regard to case. */
  async category(name: string): Promise<TagCategory | undefined> {
    const categories = await this.categories();
    return (
      categories.find((category) => category.name === name) ??
      categories.find((category) => comparableName(category.name) === comparableName(name))
    );
  }

  /** The category of that id: one call. */
  categoryWithId(id: string): Promise<TagCategory> {
    return this.#once(`category ${id}`, () => this.#client.tagging.category(id));
  }

  /** All categories: one call for each. */
  categories(): Promise<readonly TagCategory[]> {
    return this.#once("categories", () => this.#client.tagging.categories());
  }

  /** All tags of a category with their names: one call for each tag. */
  tags(categoryId: string): Promise<readonly Tag[]> {
    return this.#once(`tags of ${categoryId}`, () => this.#client.tagging.tags(categoryId));
  }

  /** The ids of all tags of a category: one call. */
  tagIds(categoryId: string): Promise<readonly string[]> {
    return this.#once(`tag ids of ${categoryId}`, () =>
      this.#client.tagging.tagIdsOfCategory(categoryId),
    );
  }

  /** The tag of that id, or undefined when vCenter has none. */
  tag(id: string): Promise<Tag | undefined> {
    return this.#once(`tag ${id}`, async () => {
      try {
        return await this.#client.tagging.tag(id);
      } catch (error) {
        if (isVCenterError(error, "notFound")) {
          return undefined;
        }
        throw error;
      }
    });
  }

  /** The ids of the tags on each object, by object key: one call for 2,000 objects. */
  attachedTags(
    objects: readonly ManagedObjectReference[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.#once(`tags on ${objects.map(objectKey).join(" ")}`, () =>
      this.#client.tagging.attachedTags(objects),
    );
  }

  #once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(question) as Promise<T> | undefined;
    if (known !== undefined) {
      return known;
    }
    const answer = ask();
    this.#answers.set(question, answer);
    answer.catch(() => this.#answers.delete(question));
    return answer;
  }
}

function byObject(permissions: readonly Permission[]): ReadonlyMap<string, readonly Permission[]> {
  const found = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const key = objectKey(permission.entity);
    const others = found.get(key);
    if (others === undefined) found.set(key, [permission]);
    else others.push(permission);
  }
  return found;
}
