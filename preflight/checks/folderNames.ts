import type { Finding } from "../../findings/finding";
import { datacenterFolders } from "../../vcenter/offline";
import { missingAbove } from "../causes";
import type { Check } from "../check";

/**
 * The four folders of a datacenter have the names that vCenter gives them: the Terraform provider that the installer uses
 * builds paths from these. A warning, because other names were not tried.
 *
 * Source: hashicorp/terraform-provider-vsphere `vsphere/internal/helper/folder/folder_helper.go` (RootPathParticle).
 */
export const folderNames: Check = {
  name: "folderNames",
  run({ configuration: { regions } }, { inventory }) {
    const there = regions
      .map(({ datacenter, cluster }, index) => ({ datacenter, cluster, index }))
      .filter(({ datacenter, cluster }) => {
        const inside = { path: `${datacenter}/vm`, datacenter };
        return cluster !== undefined && missingAbove(inventory, inside) === undefined;
      });
    return {
      facts: there.length * datacenterFolders.length,
      findings: there.flatMap(({ datacenter, index }): Finding[] => {
        // In the Unicode form that vCenter has, as the folders' paths are.
        const real = inventory.realPath(datacenter);
        const names = datacenterFolders.flatMap((folder) => {
          const name = inventory.folderPath(real, folder).slice(`${real}/`.length);
          return name === folder ? [] : [`${name} instead of ${folder}`];
        });
        if (names.length === 0) return [];
        return [
          {
            severity: "warning",
            where: `regions[${index}].datacenter`,
            found: JSON.stringify(real),
            wrong: `its folders are called ${names.join(", ")}, and this program finds what is in them`,
            consequence:
              "but the Terraform provider of Deckhouse's installer builds paths from the names that vCenter gives " +
              "(terraform-provider-vsphere, folder_helper.go), and may find nothing",
            remedy:
              "try the installation first; a datacenter whose folders have their usual names is safe",
          },
        ];
      }),
    };
  },
};
