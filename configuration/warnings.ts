import { comparablePrincipal } from "../findings/principals";
import { clusterWarnings } from "./clusterWarnings";
import type { Configuration } from "./types";

/**
 * What a user should know about a configuration that is right, one line each, always in the same order.
 *
 * @param configuration a checked configuration
 * @returns lines in the form `path: what may happen: what to do`
 */
export function configurationWarnings(configuration: Configuration): string[] {
  return [
    ...grantWarnings(configuration),
    ...accountWarnings(configuration),
    ...templateWarnings(configuration),
    ...configuration.regions.flatMap(({ name, cluster }) =>
      cluster === undefined ? [] : clusterWarnings(`cluster configuration of ${name}`, cluster),
    ),
  ];
}

/**
 * `Cns.Searchable` and `StorageProfile.View` are asked for at the root only. The seed's document grants the
 * second on datacenters and does not have the first; nothing is said about that.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
function grantWarnings({ role }: Configuration): string[] {
  const atRoot = role.grants
    .filter(({ path }) => path === "/")
    .flatMap((grant) => (grant.role === "full" ? role : role.readOnlyRole)?.privileges ?? []);
  const missing = ["Cns.Searchable", "StorageProfile.View"].filter(
    (id) => role.privileges.includes(id) && !atRoot.includes(id),
  );
  return missing.includes("Cns.Searchable")
    ? [
        `role.grant: vCenter looks for ${missing.join(" and ")} on its root only, where the role is not ` +
          "granted: grant it on the root if Deckhouse does not find its volumes",
      ]
    : [];
}

/** The account of the cluster can do nothing without the role. */
function accountWarnings({ role, clusterAccount }: Configuration): string[] {
  const username = clusterAccount?.username;
  const mayHaveRole = role.principals.some(
    ({ name, group }) => group || comparablePrincipal(name) === comparablePrincipal(username ?? ""),
  );
  return username === undefined || mayHaveRole
    ? []
    : [
        `clusterAccount.username: ${username} is not among role.principals, and may lack the role: add it ` +
          "there, or make sure that it has the privileges in another way",
      ];
}

/**
 * Deckhouse's old Packer folder is older than what Deckhouse asks of templates now; docs/templates.md compares the two.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
function templateWarnings({ templateImage }: Configuration): string[] {
  const source = templateImage?.kind === "built" ? templateImage.recipe.source : undefined;
  if (source?.kind !== "deckhouse") {
    return [];
  }
  const lacks =
    source.ubuntu === "22.04"
      ? "99-DataSourceVMwareGuestInfo.cfg and the link of /var/lib/dbus/machine-id"
      : "disable_vmware_customization, 99-DataSourceVMwareGuestInfo.cfg and cloud-init clean, and it runs the " +
        "install script of an archived repository";
  return [
    `templateImage.deckhouse: the template of Ubuntu ${source.ubuntu} lacks what Deckhouse asks for today, such as ` +
      `${lacks}: prepare it further, or use templateImage.builtin`,
  ];
}
