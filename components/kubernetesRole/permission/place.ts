import { isDeepStrictEqual } from "node:util";

import { unknownValue } from "../../dynamic/dynamicProvider";
import {
  findRecorded,
  hiddenRemedy,
  isAnotherObject,
  realPath,
  type RecordedPlace,
} from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import { objectOf } from "./check";
import type { PermissionInputs, PermissionOutputs } from "./model";

/**
 * The inputs by which another object is meant than the one that holds the permission: one of another kind, or one that
 * has its path by now. Replaced, the permission is checked as a new one.
 */
export async function meansAnother(
  live: LiveView,
  olds: PermissionOutputs,
  news: PermissionInputs,
): Promise<(keyof PermissionInputs)[]> {
  const found = objectOf(await live.inventory(), news);
  if (!("object" in found)) return [];
  const { object } = found;
  if (news.kinds !== undefined && !olds.reference.startsWith(`${object.type}:`)) return ["kinds"];
  return (await isAnotherObject(live, olds, object)) ? ["path"] : [];
}

/** Whether other kinds than before lead to another object at the same path. Without them it is the same permission. */
export async function leadsElsewhere(
  live: LiveView,
  { path, kinds }: Partial<PermissionInputs>,
  news: PermissionInputs,
): Promise<boolean> {
  if (path === undefined || kinds === undefined || isDeepStrictEqual(kinds, news.kinds))
    return false;
  const inventory = await live.inventory();
  const [before, now] = [objectOf(inventory, { path, kinds }), objectOf(inventory, news)];
  return "object" in before && "object" in now && before.object !== now.object;
}

/**
 * The inputs with the path that vCenter has for the object: that is what the state and a preview show. One that the state
 * has, and that leads to the same object still, stays: another would be another permission.
 */
export async function withRealPath(
  live: LiveView,
  olds: Partial<PermissionInputs>,
  news: PermissionInputs,
): Promise<PermissionInputs> {
  if (news.path === unknownValue || news.principal === unknownValue) {
    return news;
  }
  const inventory = await live.inventory();
  const found = objectOf(inventory, news);
  const isSame =
    "object" in found && olds.path !== undefined && inventory.at(olds.path).includes(found.object);
  return { ...news, path: isSame ? olds.path : realPath(inventory, news.path) };
}

/** The object of a recorded permission. */
export async function locate(live: LiveView, recorded: PermissionOutputs): Promise<RecordedPlace> {
  return findRecorded(live, recorded, recorded.kinds);
}

/** Says that nothing is known of a permission, because vCenter hides its object. */
export function hiddenPermission({ path, principal }: PermissionOutputs): string {
  return (
    `${path}: vCenter has it, but this account cannot see it, so the permission of ${principal} can ` +
    `neither be looked for nor removed: ${hiddenRemedy}`
  );
}
