import { comparableName, isSameName } from "../../findings/text";
import { objectKey } from "../../vcenter/offline";
import type { EngineState, StateResource } from "../engineState";
import {
  categoryDifferences,
  roleDifferences,
  tagDifferences,
  type Difference,
} from "./differences";
import type { Named } from "./named";
import type { FoundInVCenter } from "./readVCenter";
import { lacksRecord } from "./recordTaken";

/** How existing things are adopted: used as they are, or taken into the state. */
export type Way = "use" | "take";

/**
 * What there is of a named thing:
 *
 * - absent: nothing
 * - in the state: the stack made it, or took it over
 * - used: there, and the configuration says `existing: true`
 * - found: there, and not in the state
 * - interrupted: there, and an interrupted run of this stack was making it
 */
export type Status = "absent" | "in the state" | "used" | "found" | "interrupted";

/** What is done about one: `none` also where nothing can be, which `obstacle` explains. */
export type Action = "none" | "use" | "take";

/** What there is of a named thing, and what to do. */
export interface PlannedThing {
  readonly named: Named;
  readonly status: Status;
  readonly action: Action;
  /** Only of what is adopted. */
  readonly differences: readonly Difference[];
  /** Why it cannot be adopted in this way, and what to do. */
  readonly obstacle?: string;
  /** As what the provider imports it, where it is there. */
  readonly importId?: string;
  /** The id that its resource has, where it is there. */
  readonly id?: string;
}

/** What is there, and what to do about all of it. */
export interface AdoptionPlan {
  readonly way: Way;
  readonly things: readonly PlannedThing[];
  /**
   * What an interrupted run was making, and what is no longer to be found out: vCenter does not have it, or it is no
   * category, tag or role. The state forgets it, and the next run makes it or finds it.
   */
  readonly forgotten: readonly StateResource[];
  /** Whether the state has something that is gone from vCenter where another of the name is now. */
  readonly isStale: boolean;
  /** Whether the state has something that the stack's record of its own does not name. */
  readonly isRecordLacking: boolean;
}

/** Whether the plan has anything to do. */
export function hasWork({ things, forgotten, isRecordLacking }: AdoptionPlan): boolean {
  return things.some(({ action }) => action !== "none") || forgotten.length > 0 || isRecordLacking;
}

/** Plans what to do about everything that a configuration names. Asks nothing. */
export function planAdoption(
  named: readonly Named[],
  found: FoundInVCenter,
  state: EngineState,
  way: Way,
): AdoptionPlan {
  const objects = objectsOf(named, found);
  const things = named.map((one) => plannedThing(one, { named, found, objects, state, way }));
  const interrupted = things.filter(({ status }) => status === "interrupted");
  return {
    ...{ way, things },
    forgotten: state.pendingCreates.filter(
      (resource) => !interrupted.some(({ named: one }) => isResourceOf(one, resource)),
    ),
    isStale: things.some(
      ({ named: one, action }) =>
        action === "take" && state.resources.some((resource) => isResourceOf(one, resource)),
    ),
    isRecordLacking: lacksRecord(state, ownOf(things)),
  };
}

/** What is the stack's own when the plan is carried out. */
export function ownAfter({ things }: Pick<AdoptionPlan, "things">): Named[] {
  return [
    ...ownOf(things),
    ...things.filter(({ action }) => action === "take").map(({ named }) => named),
  ];
}

function ownOf(things: readonly PlannedThing[]): Named[] {
  return things.filter(({ status }) => status === "in the state").map(({ named }) => named);
}

interface Circumstances {
  readonly named: readonly Named[];
  readonly found: FoundInVCenter;
  /** The keys of all objects that the configuration tags. */
  readonly objects: ReadonlySet<string>;
  readonly state: EngineState;
  readonly way: Way;
}

/** What vCenter has under the name. */
interface FoundThing {
  readonly id: string;
  readonly importId: string;
  readonly differences: () => Difference[];
  readonly isBuiltIn: boolean;
}

function plannedThing(named: Named, circumstances: Circumstances): PlannedThing {
  const { state, way } = circumstances;
  const thing = findThing(named, circumstances);
  if (thing === undefined) return { named, status: "absent", action: "none", differences: [] };
  const { id, importId } = thing;
  const isOf = (resource: StateResource): boolean => isResourceOf(named, resource);
  if (state.resources.some((resource) => isOf(resource) && resource.id === id)) {
    return { named, status: "in the state", action: "none", differences: [], id };
  }
  if (state.pendingCreates.some(isOf)) {
    return { named, status: "interrupted", action: "take", differences: [], id, importId };
  }
  const differences = thing.differences();
  if (named.isUsed) return { named, status: "used", action: "none", differences, id };
  const there = { named, status: "found" as const, differences, id, importId };
  if (thing.isBuiltIn && way === "take") {
    const obstacle =
      "vCenter's own role, which nobody can change or delete: use it, without --take, or choose another name";
    return { ...there, action: "none", obstacle };
  }
  if (way === "use" && !named.canBeUsed) {
    const obstacle =
      "the program has no key for using a read-only role that exists: take it over with --take, or write another name as role.granular.readOnlyRoleName";
    return { ...there, action: "none", obstacle };
  }
  return { ...there, action: way };
}

function findThing(
  named: Named,
  { found, named: all, objects }: Circumstances,
): FoundThing | undefined {
  if (named.role !== undefined) {
    const role = found.roles.find(({ name }) => isSameName(name, named.name));
    return (
      role && {
        ...{ id: String(role.id), importId: String(role.id), isBuiltIn: role.system },
        differences: () => roleDifferences(named, role, found),
      }
    );
  }
  if (named.category !== undefined) {
    const category = categoryOf(named.name, found);
    return (
      category && {
        ...{ id: category.id, importId: category.name, isBuiltIn: false },
        differences: () => categoryDifferences(named, category),
      }
    );
  }
  const subject = named.subject === "region tag" ? "region category" : "zone category";
  const category = categoryOf(all.find((one) => one.subject === subject)?.name ?? "", found);
  const tag = found.tags.find(
    ({ categoryId, name }) =>
      categoryId === category?.id && comparableName(name) === comparableName(named.name),
  );
  return (
    tag &&
    category && {
      id: tag.id,
      importId: JSON.stringify({ category_name: category.name, tag_name: tag.name }),
      isBuiltIn: false,
      differences: () => tagDifferences(named, tag, found, objects),
    }
  );
}

function categoryOf(
  wanted: string,
  { categories }: FoundInVCenter,
): FoundInVCenter["categories"][number] | undefined {
  return (
    categories.find(({ name }) => name === wanted) ??
    categories.find(({ name }) => comparableName(name) === comparableName(wanted))
  );
}

function objectsOf(all: readonly Named[], { inventory }: FoundInVCenter): Set<string> {
  return new Set(
    all
      .flatMap(({ carriers = [] }) => carriers)
      .flatMap(({ path, type }) => inventory.find(path, type) ?? [])
      .map(objectKey),
  );
}

function isResourceOf({ resource }: Named, { type, name }: StateResource): boolean {
  return type === resource.type && name === resource.name;
}
