import { nearestFirst, compareText } from "../findings/text";
import { objectKey, type ManagedObjectReference } from "./objects";

/**
 * The four system folders that vCenter creates in every datacenter, by what they hold; also the names that it gives
 * them.
 */
export const datacenterFolders = ["host", "datastore", "network", "vm"] as const;

/** One of {@link datacenterFolders}. */
export type DatacenterFolder = (typeof datacenterFolders)[number];

/** An object as vCenter lists it. */
export interface InventoryEntry extends ManagedObjectReference {
  /** As stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly name: string;
  readonly parent?: ManagedObjectReference;
  /** Of a datacenter: its system folders, without those that the account may not read. */
  readonly folders?: Readonly<Partial<Record<DatacenterFolder, ManagedObjectReference>>>;
}

/** An object of the inventory. */
export interface ManagedObject extends ManagedObjectReference {
  readonly name: string;
  /**
   * Its inventory path as `govc` writes it: `/X1/host/x1_cluster_prod`, `/` for the root folder. When a parent is not
   * visible to the account, the path starts with `?/` and {@link Inventory.find} does not find it.
   */
  readonly path: string;
}

/** How many paths {@link Inventory.nearest} suggests at most. */
const mostSuggestions = 3;

/**
 * A snapshot of folders, datacenters, clusters, datastores and networks, for finding objects by path. Pure: it asks
 * vCenter nothing, and does not see what changed after it was read.
 *
 * A datacenter's system folders may have been renamed, or have names in another language. So a path may also name them
 * by what they hold: `/X1/host/...` leads below the datacenter's folder for hosts whatever its name is, unless there is
 * an object of exactly that path. The objects themselves always have their real path.
 */
export class Inventory {
  /** The root folder, named `/` in paths. */
  readonly root: ManagedObject;
  readonly #byKey = new Map<string, ManagedObject>();
  readonly #byPath = new Map<string, ManagedObject[]>();
  readonly #root: ManagedObjectReference;
  readonly #entries: readonly InventoryEntry[];
  /** The real paths of the datacenters' folders for networks, in NFC, each with a slash at the end. */
  readonly #networkFolders: string[] = [];
  /** The real paths of the datacenters' system folders, by the paths that they usually have. */
  readonly #folders = new Map<string, string>();
  /** The paths that are not in NFC, by their NFC form. */
  readonly #decomposed = new Map<string, string>();

  /**
   * @param root the root folder; it need not be among the entries: an account may not see it
   * @param entries the objects in any order; a repeated one counts once
   */
  constructor(root: ManagedObjectReference, entries: Iterable<InventoryEntry>) {
    const known = new Map<string, InventoryEntry>();
    for (const entry of entries) known.set(objectKey(entry), entry);
    this.#root = root;
    this.#entries = [...known.values()];
    const rootKey = objectKey(root);
    const name = known.get(rootKey)?.name ?? "";
    this.root = { type: root.type, id: root.id, name, path: "/" };
    this.#byKey.set(rootKey, this.root);
    for (const entry of known.values()) this.#place(entry, known);
    for (const object of [...this.#byKey.values()].sort(byType)) {
      const others = this.#byPath.get(object.path);
      if (others) others.push(object);
      else this.#byPath.set(object.path, [object]);
      const composed = object.path.normalize("NFC");
      if (composed !== object.path) this.#decomposed.set(composed, object.path);
    }
    for (const datacenter of known.values()) this.#placeFolders(datacenter);
  }

  /**
   * The object of a type at a path. The leading `/` may be missing and a trailing one is ignored; case counts. If there
   * is no object of exactly this path, one whose path looks the same (NFC).
   * @param type distinguishes objects of different kinds with the same path, such as networks of the same name
   */
  find(path: string, type: string): ManagedObject | undefined {
    return this.at(path, [type])[0];
  }

  /**
   * All objects at a path, in the order of their types: a standard network and a port group can share a path, and so
   * can a datacenter and a folder. If the path has two meanings ({@link spellings}), those of the first that leads to
   * something.
   * @param types only objects of these types count; all when absent
   */
  at(path: string, types?: readonly string[]): readonly ManagedObject[] {
    return (
      this.spellings(path)
        .map((spelling) =>
          this.#at(spelling).filter(({ type }) => types === undefined || types.includes(type)),
        )
        .find((objects) => objects.length > 0) ?? []
    );
  }

  /**
   * The paths that a path may mean, in the order in which to try them: with the datacenter's folder of the written
   * name, and with the one that holds what the name says. One path, unless another folder of the datacenter has the
   * written name.
   */
  spellings(path: string): readonly [string, ...string[]] {
    const written = normalised(path);
    for (let end = written.indexOf("/", 1); end >= 0; end = written.indexOf("/", end + 1)) {
      const next = written.indexOf("/", end + 1);
      const folder = next < 0 ? written : written.slice(0, next);
      const real = this.#folders.get(folder.normalize("NFC"));
      if (real === undefined || real === folder) continue;
      const byRole = real + written.slice(folder.length);
      return this.#at(folder).length > 0 ? [written, byRole] : [byRole];
    }
    return [written];
  }

  /** An inventory that has the objects of both. */
  with(others: Inventory): Inventory {
    return new Inventory(this.#root, [...this.#entries, ...others.#entries]);
  }

  /**
   * Whether what is at a path is known without the contents of the folders for networks: there is something, and no
   * meaning of the path leads into such a folder.
   */
  isCertainWithoutNetworks(path: string): boolean {
    return (
      this.at(path).length > 0 &&
      !this.spellings(path).some((spelling) =>
        this.#networkFolders.some((folder) => spelling.normalize("NFC").startsWith(folder)),
      )
    );
  }

  /** The path that an object has, or would have if it existed: with the real name of the datacenter's folder. */
  realPath(path: string): string {
    return this.at(path)[0]?.path ?? this.spellings(path)[0];
  }

  /** The real path of one of a datacenter's system folders. */
  folderPath(datacenter: string, folder: DatacenterFolder): string {
    const usual = normalised(`${datacenter}/${folder}`);
    return this.#folders.get(usual.normalize("NFC")) ?? usual;
  }

  /** Whether the object is one of the four system folders of a datacenter. */
  isDatacenterFolder({ path }: ManagedObject): boolean {
    return [...this.#folders.values()].includes(path);
  }

  /** The object of a reference. */
  get(reference: ManagedObjectReference): ManagedObject | undefined {
    return this.#byKey.get(objectKey(reference));
  }

  /** The path of a reference; undefined when the object is not in the inventory. */
  pathOf(reference: ManagedObjectReference): string | undefined {
    return this.get(reference)?.path;
  }

  /** All objects of exactly that type, sorted by path. */
  all(type: string): ManagedObject[] {
    return [...this.#byKey.values()].filter((object) => object.type === type).sort(byPath);
  }

  /**
   * The existing paths that look most like the given one, for the text of an error: those of the given types first,
   * each group by edit distance without regard to case, at most three.
   */
  nearest(path: string, types: readonly string[] = []): string[] {
    const wanted = this.realPath(path);
    const paths = [...this.#byPath.keys()].filter((one) => one.startsWith("/") && one !== "/");
    const isRight = (one: string): boolean =>
      this.#byPath.get(one)?.some(({ type }) => types.includes(type)) ?? false;
    const right = nearestFirst(wanted, paths.filter(isRight), mostSuggestions);
    if (right.length === mostSuggestions) return right;
    const others = paths.filter((one) => !right.includes(one));
    return [...right, ...nearestFirst(wanted, others, mostSuggestions - right.length)];
  }

  /** The path of the datacenter's system folder that an object is in; undefined if it is in none. */
  datacenterFolderOf({ path }: ManagedObject): string | undefined {
    return [...this.#folders.values()].find((folder) => path.startsWith(`${folder}/`));
  }

  #placeFolders({ folders, ...datacenter }: InventoryEntry): void {
    const path = this.pathOf(datacenter);
    for (const folder of datacenterFolders) {
      const placed = folders?.[folder] && this.pathOf(folders[folder]);
      if (path !== undefined && placed !== undefined)
        this.#folders.set(`${path}/${folder}`.normalize("NFC"), placed);
      if (folder === "network" && placed !== undefined)
        this.#networkFolders.push(`${placed}/`.normalize("NFC"));
    }
  }

  #at(path: string): readonly ManagedObject[] {
    const composed = path.normalize("NFC");
    const spellings = [path, composed, this.#decomposed.get(composed) ?? path];
    const found = spellings.find((spelling) => this.#byPath.has(spelling));
    return (found === undefined ? undefined : this.#byPath.get(found)) ?? [];
  }

  /** Works out the paths of an object and of its parents. */
  #place(entry: InventoryEntry, known: ReadonlyMap<string, InventoryEntry>): void {
    const chain: InventoryEntry[] = [];
    const seen = new Set<string>();
    let next: InventoryEntry | undefined = entry;
    let base = "?";
    while (next) {
      const key: string = objectKey(next);
      const placed = this.#byKey.get(key);
      if (placed) base = placed === this.root ? "" : placed.path;
      // A loop cannot come from vCenter, but must not hang the program.
      if (placed || seen.has(key)) break;
      seen.add(key);
      chain.push(next);
      const parent: ManagedObjectReference | undefined = next.parent;
      const parentKey: string | undefined = parent && objectKey(parent);
      if (parentKey === objectKey(this.root)) {
        base = "";
        break;
      }
      next = parentKey === undefined ? undefined : known.get(parentKey);
    }
    for (const { type, id, name } of chain.reverse()) {
      base = `${base}/${name}`;
      this.#byKey.set(objectKey({ type, id }), { type, id, name, path: base });
    }
  }
}

function byType(a: ManagedObject, b: ManagedObject): number {
  return compareText(a.type, b.type) || compareText(a.id, b.id);
}

function byPath(a: ManagedObject, b: ManagedObject): number {
  return compareText(a.path, b.path) || compareText(a.id, b.id);
}

function normalised(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, "")}`;
}
