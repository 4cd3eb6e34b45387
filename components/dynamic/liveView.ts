import { comparableName } from "../../findings/text";
import { Answers } from "./answers";
import { merged } from "./inventoryParts";
import { KnownPermissions } from "./knownPermissions";
import {
  isVCenterError,
  objectKey,
  typesOf,
  type AboutVCenter,
  type HostMounts,
  type Inventory,
  type ManagedObject,
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
  readonly #answers: Answers;
  readonly #longest: number;
  readonly #permissions: KnownPermissions;

  /**
   * @param answers what is known already: nothing when absent
   * @param longest how old an answer may be, in milliseconds: of any age when absent
   */
  constructor(client: VCenterClient, answers = new Answers(), longest = Infinity) {
    this.#client = client;
    this.#answers = answers;
    this.#longest = longest;
    this.#permissions = new KnownPermissions(client, answers, longest);
  }

  /** A view for the look after a change: what changes never touch is kept, all else is read anew. */
  afterChange(): LiveView {
    const kept = ["about", "inventory", "networks", "roles", "storage policies"];
    const answers = this.#answers.only(
      (question) => kept.includes(question) || question.startsWith(hiddenQuestion),
    );
    return new LiveView(this.#client, answers, this.#longest);
  }

  /** What the vCenter says about itself. Needs no login. */
  about(): Promise<AboutVCenter> {
    return this.#once("about", () => this.#client.about());
  }

  /** The vCenter's own identity. */
  async instanceUuid(): Promise<string> {
    return (await this.about()).instanceUuid;
  }

  /** The whole inventory: two calls, of which networks are the second. */
  async inventory(): Promise<Inventory> {
    const [places, networks] = await Promise.all([
      this.#places(),
      this.#once("networks", () => this.#client.inventory.read("networks")),
    ]);
    return merged(places, networks);
  }

  /**
   * An inventory in which these paths lead where they do in the whole one: without networks, of which others may have
   * thousands, unless one of the paths leads to a network or to nothing.
   */
  async inventoryFor(paths: readonly string[]): Promise<Inventory> {
    const places = await this.#places();
    return paths.every((path) => places.isCertainWithoutNetworks(path)) ? places : this.inventory();
  }

  /** The object of a reference: networks are read only when it is none of the others. */
  async placeOf(reference: ManagedObjectReference): Promise<ManagedObject | undefined> {
    return (await this.#places()).get(reference) ?? (await this.inventory()).get(reference);
  }

  #places(): Promise<Inventory> {
    return this.#once("inventory", () => this.#client.inventory.read("withoutNetworks"));
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
    return (await this.inventoryFor([])).spellings(path).find((spelling) => spelling !== path);
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

  /**
   * The role of an id. One that the known list lacks is looked for anew, because the vSphere provider, another process,
   * makes roles in the same run.
   */
  async role(id: number): Promise<Role | undefined> {
    const isIt = (role: Role): boolean => role.id === id;
    const known = (await this.roles()).find(isIt);
    if (known !== undefined) return known;
    const anew = () => this.#client.authorization.roles();
    return (await this.#once(`roles with ${id}`, anew)).find(isIt);
  }

  /** The permissions with a role, on all objects: one call. */
  permissionsWithRole(id: number): Promise<readonly Permission[]> {
    return this.#once(`permissions with role ${id}`, () =>
      this.#client.authorization.permissionsWithRole(id),
    );
  }

  /** The permissions on all objects: one call. Undefined when the account may not read them, which takes more than all else. */
  allPermissions(): Promise<readonly Permission[] | undefined> {
    return this.#permissions.all();
  }

  /** The permissions defined on one object itself. */
  permissions(entity: ManagedObjectReference): Promise<readonly Permission[]> {
    return this.#permissions.on(entity);
  }

  /** The same, asked of that object alone, which vCenter refuses to an account that may not read them. */
  permissionsOn(entity: ManagedObjectReference): Promise<readonly Permission[]> {
    return this.#permissions.alone(entity);
  }

  /** Has the permissions of an object read anew, because we changed one of them. */
  forgetPermissions(entity: ManagedObjectReference): void {
    this.#permissions.changed(entity);
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

  /**
   * What only one place asks for, by a question of its own.
   *
   * @param question no other place may ask another one in these words
   */
  ask<T>(question: string, ask: (client: VCenterClient) => Promise<T>): Promise<T> {
    return this.#once(question, () => ask(this.#client));
  }

  #once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    return this.#answers.once(question, this.#longest, ask);
  }
}
