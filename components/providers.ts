import { RetiredProvider } from "./dynamic/dynamicProvider";
import { Done } from "./dynamic/done";
import type { DynamicProviderName } from "./dynamic/dynamicType";
import { tell, withoutEmptyErrors } from "./dynamic/errors";
import { atProcessEnd } from "./dynamic/processEnd";
import { VCenterSession } from "./dynamic/vcenterSession";
import { PlannedRoles } from "./kubernetesRole/permission/check";
import { ExistingObjectsProvider } from "./existingObjects/provider";
import { PermissionProvider } from "./kubernetesRole/permission/provider";
import { UnmadePermissions } from "./kubernetesRole/permission/unmade";
import { RoleGuardProvider } from "./kubernetesRole/roleGuardProvider";
import { TagAttachmentsProvider } from "./regionZoneTagging/tagAttachments/provider";
import { TemplateLookupProvider } from "./templateImage/templateLookupProvider";
import { VCenterProvider } from "./vCenter/provider";

// The engine's process prints errors besides handing them to the engine (./dynamic/errors.ts).
console.error = withoutEmptyErrors(console.error);

// One session for all dynamic resources of the process: one login, and one read of what they all ask.
const session = new VCenterSession();

// What this process did, told when it ends: no resource knows when the last of them is done.
const done = new Done();
atProcessEnd({
  end: async () => {
    await session.end();
    tell(done.text());
  },
  rest: () => session.rest(),
});

// What RoleGuards know of the roles, for the permissions that depend on them.
const plannedRoles = new PlannedRoles();

// What the vCenter knows of the last up, for the permissions that it did not get to.
const unmade = new UnmadePermissions();

const existingObjects = new ExistingObjectsProvider(session);

// One of each: PermissionProvider remembers what this process granted.
const providers = {
  vCenter: new VCenterProvider(session, unmade),
  existingObjects,
  // The name in states of 0.1.0: a destroy runs what the state names.
  categoryLookup: existingObjects,
  tagAttachments: new TagAttachmentsProvider(session, done),
  permission: new PermissionProvider(session, plannedRoles, { unmade, done }),
  roleGuard: new RoleGuardProvider(session, plannedRoles),
  templateLookup: new TemplateLookupProvider(session),
  // The states of 0.1.0 have resources of it, which only looked; the preflight of VCenter does that now.
  clusterLookup: new RetiredProvider(session),
} satisfies Record<DynamicProviderName | "categoryLookup", unknown>;

/** The provider of that name, for the engine's process for dynamic resources (launch/dynamicProvider.js). */
export function dynamicProvider(
  name: keyof typeof providers,
): (typeof providers)[keyof typeof providers] {
  return providers[name];
}
