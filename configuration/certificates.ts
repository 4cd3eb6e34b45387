import { finding, type Finding } from "../findings/finding";
import { certificatesIn } from "../vcenter/offline";

/**
 * The fault of a text of certificates that nobody could use. Whoever gets it reads what there is and says nothing.
 *
 * @param path where it stands
 * @param value the text
 * @param consequence what would happen, as the end of a sentence
 */
export function certificateFaults(path: string, value: string, consequence: string): Finding[] {
  const { fault } = certificatesIn(value);
  if (fault === undefined) {
    return [];
  }
  const isPrivate = value.includes("PRIVATE KEY");
  return [
    finding(
      path,
      value,
      isPrivate
        ? `${fault}, and whoever may read the state could read it`
        : `${fault}, so ${consequence}`,
      isPrivate
        ? "give the certificates alone, and replace that key if the file was shared"
        : `give the whole text of the certificate authority's PEM file, with its line breaks, not its path${example(path)}`,
    ),
  ];
}

/** How to set a key that is text by itself. */
function example(path: string): string {
  return path.includes(":") ? `: \`pulumi config set ${path} -- "$(cat ca.pem)"\`` : "";
}
