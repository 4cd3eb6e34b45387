import { nearestFirst } from "../findings/nearest";
import { objectKey, type ManagedObjectReference } from "./references";
import { comparableName } from "../findings/text";

/** The four folders that vCenter makes in every datacenter, by what they hold; also the names that it gives them. */
export const datacenterFolders = ["host", "datastore", "network", "vm"] as const;

/** One of {@link datacenterFolders}. */
export type DatacenterFolder = (typeof datacenterFolders)[number];

/** An object as vCenter lists it. */
export interface InventoryEntry extends ManagedObjectReference {
  /** As stored: `/ \ %` inside a name are `%2f %5c %25`. */
  readonly name: string;
  readonly parent?: ManagedObjectReference;
  /** Of a datacenter: its own folders. Those that the account may not read are left out. */
  readonly folders?: Readonly<Partial<Record<DatacenterFolder, ManagedObjectReference>>>;
}

/** An object of the inventory. */
export interface ManagedObject extends ManagedObjectReference {
  readonly name: string;
  /**
   * Its inventory path as `govc` writes it: `/X1/host/x1_cluster_prod`, `/` for the root folder. When a
   * parent is not visible to the account, the path starts with `?/` and {@link Inventory.find} does
   * not know it.
   */
  readonly path: string;
}

/** How many names {@link Inventory.nearest} suggests at most. */
const mostSuggestions = 3;

/**
 * A snapshot of folders, datacenters, clusters, datastores and networks, for finding objects by path.
 * Pure: it asks vCenter nothing, and does not see what changed after it was read.
 *
 * A datacenter's own folders may have been renamed, or have the names of another language. So a path may also name them
 * by what they hold: `/X1/host/...` leads below the datacenter's folder for hosts whatever this is called, unless
 * there is an object of exactly that path. The objects themselves always have the path that is really there.
 */
export class Inventory {
  /** The root folder, named `/` in paths. */
  readonly root: ManagedObject;
  readonly #byKey = new Map<string, ManagedObject>();
  readonly #byPath = new Map<string, ManagedObject[]>();
  /** The real paths of datacenters' own folders, by the paths that they usually have. */
  readonly #folders = new Map<string, string>();
  /** The paths that are not in NFC, by what they are there. */
  readonly #decomposed = new Map<string, string>();

  /**
   * @param root the root folder; it need not be among the entries, an account may not see it
   * @param entries the objects in any order; a repeated one counts once
   */
  constructor(root: ManagedObjectReference, entries: Iterable<InventoryEntry>) {
    const known = new Map<string, InventoryEntry>();
    for (const entry of entries) known.set(objectKey(entry), entry);
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
   * The object of a type at a path. The leading `/` may be missing and a trailing one is ignored; case counts. Without an
   * object of exactly this path it is one whose path looks the same (NFC).
   * @param type tells apart objects of different kinds with one path, such as networks of one name
   */
  find(path: string, type: string): ManagedObject | undefined {
    return this.at(path, [type])[0];
  }

  /**
   * All objects at a path, in the order of their types: a standard network and a port group can share one, and so can
   * a datacenter and a folder. Where the path may be meant in two ways ({@link spellings}), those of the first way that
   * leads to something.
   * @param types only objects of these count; all when absent
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
   * The paths that may be meant by a path, in the order in which they are to be tried: with the datacenter's folder
   * under the name that is written, and by what it holds. One path, unless another folder of the datacenter has the
   * name that is written.
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

  /** The path that an object has, or would have if it were there: with the real name of the datacenter's folder. */
  realPath(path: string): string {
    return this.at(path)[0]?.path ?? this.spellings(path)[0];
  }

  /** The real path of one of a datacenter's own folders. */
  folderPath(datacenter: string, folder: DatacenterFolder): string {
    const usual = normalised(`${datacenter}/${folder}`);
    return this.#folders.get(usual.normalize("NFC")) ?? usual;
  }

  /** Whether the object is one of the four folders that vCenter made in a datacenter. */
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
   * The existing paths that look most like the given one, for the text of an error: those of the given
   * types first, each group by edit distance without regard to case, at most three.
   */
  nearest(path: string, types: readonly string[] = []): string[] {
    const wanted = comparableName(this.realPath(path));
    const objects = [...this.#byPath].filter(([candidate]) => candidate.startsWith("/"));
    const right = objects.filter(([, found]) => found.some(({ type }) => types.includes(type)));
    const suggestions = closest(wanted, right);
    const missing = mostSuggestions - suggestions.length;
    if (missing === 0) return suggestions;
    const others = objects.filter(([candidate]) => !suggestions.includes(candidate));
    return [...suggestions, ...closest(wanted, others).slice(0, missing)];
  }

  /** The path of the datacenter's own folder that an object is in; undefined for what is in none. */
  datacenterFolderOf({ path }: ManagedObject): string | undefined {
    return [...this.#folders.values()].find((folder) => path.startsWith(`${folder}/`));
  }

  #placeFolders({ folders, ...datacenter }: InventoryEntry): void {
    const path = this.pathOf(datacenter);
    for (const folder of datacenterFolders) {
      const placed = folders?.[folder] && this.pathOf(folders[folder]);
      if (path !== undefined && placed !== undefined)
        this.#folders.set(`${path}/${folder}`.normalize("NFC"), placed);
    }
  }

  #at(path: string): readonly ManagedObject[] {
    const composed = path.normalize("NFC");
    const spellings = [path, composed, this.#decomposed.get(composed) ?? path];
    const found = spellings.find((spelling) => this.#byPath.has(spelling));
    return (found === undefined ? undefined : this.#byPath.get(found)) ?? [];
  }

  /** Works out the paths of an object and of the parents above it, and files them. */
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

type Candidate = readonly [path: string, objects: readonly ManagedObject[]];

/** The paths most like the wanted one. */
function closest(wanted: string, candidates: readonly Candidate[]): string[] {
  const paths = candidates.map(([path]) => path).filter((path) => path !== "/");
  return nearestFirst(wanted, paths, mostSuggestions);
}

function byType(a: ManagedObject, b: ManagedObject): number {
  return compareTexts(a.type, b.type) || compareTexts(a.id, b.id);
}

function byPath(a: ManagedObject, b: ManagedObject): number {
  return compareTexts(a.path, b.path) || compareTexts(a.id, b.id);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function normalised(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, "")}`;
}
