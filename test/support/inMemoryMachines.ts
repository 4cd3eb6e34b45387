import {
  VCenterError,
  objectKey,
  type ManagedObjectReference,
  type VCenterClient,
  type VirtualMachine,
} from "../../vcenter";

type Client = VCenterClient["virtualMachines"];

/** What may differ from a template as Deckhouse wants it. */
export type MachineChanges = Partial<Omit<VirtualMachine, "type">>;

/**
 * The virtual machines of a vCenter in memory, by their paths, and the objects that only a path leads to: hosts,
 * resource pools, and in tests of the runner everything else as well.
 */
export class InMemoryMachines {
  readonly #objects = new Map<string, ManagedObjectReference>();
  readonly #machines = new Map<string, VirtualMachine>();
  #next = 42;

  /** Adds an object that is no virtual machine. */
  add(path: string, key: string): void {
    const [type = "", id = ""] = key.split(":");
    this.#objects.set(path, { type, id });
  }

  /** Adds a template as Deckhouse wants it, with changes. */
  addTemplate(path: string, changes: MachineChanges = {}): VirtualMachine {
    const machine: VirtualMachine = {
      ...{ type: "VirtualMachine", id: `vm-${this.#next++}` },
      name: path.slice(path.lastIndexOf("/") + 1),
      ...{ isTemplate: true, isPoweredOn: false, hardwareVersion: "vmx-15", annotation: "" },
      disks: [{ key: 2000, label: "Hard disk 1", capacityBytes: 20 * 1024 ** 3 }],
      networkAdapters: [
        { key: 4000, label: "Network adapter 1" } as VirtualMachine["networkAdapters"][number],
      ],
      ...changes,
    };
    this.#machines.set(path, machine);
    return machine;
  }

  /** Somebody removes what is at a path. */
  remove(path: string): void {
    this.#machines.delete(path);
    this.#objects.delete(path);
  }

  /** The paths of all machines, sorted. */
  paths(): string[] {
    return [...this.#machines.keys()].sort();
  }

  /**
   * The part of the client that looks at machines and changes them.
   *
   * @param called told each call; what it throws is the call's answer
   */
  client(called: (call: string) => Promise<void>): Client {
    const client: { [Method in keyof Client]: Client[Method] } = {
      find: async (path, types) => {
        await called(`find ${path}`);
        const found = [this.#objects.get(path), this.#machines.get(path)];
        return found.find((object) => object !== undefined && types.includes(object.type));
      },
      findAny: async (path) => {
        await called(`find ${path}`);
        return this.#objects.get(path) ?? this.#machines.get(path);
      },
      realPath: (path) => Promise.resolve(path),
      read: async (reference) => {
        await called(`read ${objectKey(reference)}`);
        return this.#entry(reference)?.[1];
      },
      templates: async () => {
        await called("templates");
        return [...this.#machines]
          .filter(([, { isTemplate }]) => isTemplate)
          .map(([path, { type, id, name }]) => {
            const folder = this.#objects.get(path.slice(0, path.lastIndexOf("/")));
            return { type, id, name, folder: folder ?? notFound({ type, id }) };
          });
      },
      inFolder: async (folder) => {
        await called(`inFolder ${objectKey(folder)}`);
        const path = this.#pathOf(folder);
        return [...this.#machines]
          .filter(([candidate]) => candidate.slice(0, candidate.lastIndexOf("/")) === path)
          .map(([, machine]) => machine);
      },
      rename: async (reference, name) => {
        await called(`rename ${objectKey(reference)} ${name}`);
        const [path, machine] = this.#entry(reference) ?? notFound(reference);
        const renamed = `${path.slice(0, path.lastIndexOf("/"))}/${name}`;
        if (this.#machines.has(renamed)) throw alreadyExists(renamed);
        this.#machines.delete(path);
        this.#machines.set(renamed, { ...machine, name });
      },
      destroy: async (reference) => {
        await called(`destroy ${objectKey(reference)}`);
        const [path] = this.#entry(reference) ?? [];
        if (path !== undefined) this.#machines.delete(path);
      },
      clone: async (source, target, options) => {
        await called(`clone ${objectKey(source)} ${target.name}`);
        const [, machine] = this.#entry(source) ?? notFound(source);
        const path = `${this.#pathOf(target.folder)}/${target.name}`;
        if (this.#machines.has(path)) throw alreadyExists(path);
        options?.onProgress?.(50);
        const { type: _type, id: _id, name: _name, ...like } = machine;
        return this.addTemplate(path, like);
      },
    };
    return client as Client;
  }

  /** The path of an object that is no machine. */
  #pathOf(reference: ManagedObjectReference): string {
    const isIt = (object: ManagedObjectReference) => objectKey(object) === objectKey(reference);
    return [...this.#objects].find(([, object]) => isIt(object))?.[0] ?? "";
  }

  #entry(reference: ManagedObjectReference): [path: string, machine: VirtualMachine] | undefined {
    return [...this.#machines].find(([, machine]) => objectKey(machine) === objectKey(reference));
  }
}

function notFound(object: ManagedObjectReference): never {
  throw failed("notFound", "look", "not found", objectKey(object));
}

function alreadyExists(path: string): VCenterError {
  return failed("alreadyExists", "make", "DuplicateName", path);
}

function failed(
  kind: VCenterError["kind"],
  operation: string,
  answer: string,
  object: string,
): VCenterError {
  return new VCenterError({ kind, operation, answer, object });
}
