import { roleChange, type RoleState } from "../../components/kubernetesRole/changes/roles";
import { joined, type Part } from "../../findings/change";
import { textOf, textsOf, type Bag, type Step } from "./events";

/** What changes of roles: their privileges are a set, whatever order vCenter and the state have them in. */
export function roleChanges(steps: readonly Step[]): Part {
  return joined(
    steps
      .filter(({ type }) => type === "vsphere:index/role:Role")
      .map(({ operation, recorded, wanted }) =>
        roleChange(
          recorded && roleOf(recorded.outputs),
          operation === "delete" ? undefined : roleOf(wanted?.inputs ?? {}),
        ),
      ),
  );
}

function roleOf(properties: Bag): RoleState {
  return { name: textOf(properties["name"]), privileges: privilegesOf(properties) };
}

/** The privileges of a role, without those that vCenter adds to every role by itself. */
export function privilegesOf(properties: Bag): Set<string> {
  return new Set(textsOf(properties["rolePrivileges"]).filter((id) => !id.startsWith("System.")));
}
