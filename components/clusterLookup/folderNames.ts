import { datacenterFolders, type Inventory } from "../../vcenter";

/**
 * What may stop the installer in a datacenter whose own folders have other names than vCenter gives: the Terraform
 * provider that it uses makes paths of `host`, `vm`, `datastore` and `network`. No failure, because it was not tried.
 *
 * Source: hashicorp/terraform-provider-vsphere `vsphere/internal/helper/folder/folder_helper.go` (RootPathParticle).
 */
export function folderNameWarnings(inventory: Inventory, datacenter: string): string[] {
  // In the Unicode form that vCenter has, as the folders' paths are.
  const real = inventory.realPath(datacenter);
  const names = datacenterFolders.flatMap((folder) => {
    const name = inventory.folderPath(real, folder).slice(`${real}/`.length);
    return name === folder ? [] : [`${name} in place of ${folder}`];
  });
  return names.length === 0
    ? []
    : [
        `${datacenter}: its own folders are called ${names.join(", ")}: this program finds what is in them, but the ` +
          "Terraform provider of Deckhouse's installer makes paths with the names that vCenter gives " +
          "(terraform-provider-vsphere, folder_helper.go), and may find nothing: try the installation first; a datacenter " +
          "whose folders have their usual names is safe",
      ];
}
