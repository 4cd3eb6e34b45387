import { grantOperation, isLostAnswer, isVCenterError, type ManagedObject } from "../../../vcenter";
import { ProviderError } from "../../dynamic/errors";
import type { LiveView } from "../../dynamic/liveView";
import type { PermissionInputs } from "../kubernetesRole";
import { describeDifference } from "./rule";

/** Whether an error says that vCenter did not set the rule. An answer that was lost says nothing. */
export function isRefused(error: unknown): boolean {
  return (
    isVCenterError(error) &&
    error.operation === grantOperation &&
    !isLostAnswer(error, { operation: grantOperation })
  );
}

/** Makes a change of an object's permissions, after which they are read anew, whether it succeeds or fails. */
export async function changeOf<T>(
  live: LiveView,
  object: ManagedObject,
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } finally {
    live.forgetPermissions(object);
  }
}

/** Believes a grant only when vCenter shows it. */
export async function confirm(
  live: LiveView,
  object: ManagedObject,
  inputs: PermissionInputs,
): Promise<void> {
  const difference = await describeDifference(live, object, inputs);
  if (difference !== undefined) {
    throw new ProviderError(
      `vCenter accepted the permission, but does not show it: ${difference}`,
      "permission",
    );
  }
}
