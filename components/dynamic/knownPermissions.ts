import {
  isVCenterError,
  objectKey,
  type ManagedObjectReference,
  type Permission,
  type VCenterClient,
} from "../../vcenter";
import type { Answers } from "./answers";

/** The question for the permissions of all objects. */
const all = "permissions";

/** The question for the permissions of one object. */
function alone(key: string): string {
  return `permissions of ${key}`;
}

/**
 * How many objects are asked for their permissions one by one. A stack that grants on few objects does not read the
 * thousands of permissions that others have; one that grants on many reads all of them, because each object would take
 * a call.
 */
const mostAlone = 4;

/** The permissions that vCenter has, asked for with few calls, and never older than our own changes. */
export class KnownPermissions {
  readonly #client: VCenterClient;
  readonly #answers: Answers;
  readonly #longest: number;

  /** @param longest how old an answer may be, in milliseconds */
  constructor(client: VCenterClient, answers: Answers, longest: number) {
    this.#client = client;
    this.#answers = answers;
    this.#longest = longest;
  }

  /**
   * The permissions defined on one object itself: asked of the object, or taken from those of all objects when there are
   * many. An account that may not read the ones reads the others.
   *
   * @throws VCenterError `noPermission` when it may read neither
   */
  async on(entity: ManagedObjectReference): Promise<readonly Permission[]> {
    const key = objectKey(entity);
    if (this.#isKnown(alone(key), key) || this.#isBetterAskedAlone(key)) {
      try {
        return await this.alone(entity);
      } catch (error) {
        // The list of all leaves out what this account may not read, which is no reason to stop.
        if (!isVCenterError(error, "noPermission")) throw error;
      }
    }
    const permissions = await this.#byObject();
    return permissions === undefined ? this.alone(entity) : (permissions.get(key) ?? []);
  }

  /**
   * The permissions defined on one object itself, asked of that object alone. The list of all permissions leaves out what
   * this account may not see; this question is refused then.
   */
  alone(entity: ManagedObjectReference): Promise<readonly Permission[]> {
    return this.#once(alone(objectKey(entity)), () =>
      this.#client.authorization.permissions(entity),
    );
  }

  /** Those on all objects; undefined when the account may not read them. What is asked of single objects is taken from them. */
  async all(): Promise<readonly Permission[] | undefined> {
    const permissions = await this.#byObject();
    return permissions && [...permissions.values()].flat();
  }

  /** Notes that we set or removed a permission on an object: what was known of that object no longer counts. */
  changed(entity: ManagedObjectReference): void {
    const key = objectKey(entity);
    this.#answers.changed(key, [alone(key)]);
  }

  /** Where all are known, only an object that we have changed since is asked. */
  #isBetterAskedAlone(key: string): boolean {
    if (this.#isKnown(all, key)) return false;
    return this.#isKnown(all, "") || this.#answers.areFew(all, key, mostAlone);
  }

  #isKnown(question: string, key: string): boolean {
    return this.#answers.isKnown(question, this.#longest, key);
  }

  /** All permissions by the keys of their objects; undefined when the account may not read them, which is asked once. */
  #byObject(): Promise<ReadonlyMap<string, readonly Permission[]> | undefined> {
    return this.#once(all, async () => {
      try {
        return byObject(await this.#client.authorization.allPermissions());
      } catch (error) {
        if (isVCenterError(error, "noPermission")) return undefined;
        throw error;
      }
    });
  }

  #once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    return this.#answers.once(question, this.#longest, ask);
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
