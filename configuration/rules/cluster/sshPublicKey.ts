import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";

const keyForm = /^(?<type>[a-z0-9@.-]+) (?<data>[A-Za-z0-9+/]+={0,2})( .*)?$/;
const keyTypes = [
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
];

/**
 * The key for the nodes is a public key in OpenSSH's form: a type, and data that begins with that type.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`; RFC 4253,
 * section 6.6.
 */
export const sshKeyIsPublic: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) => {
    const key = cluster.sshPublicKey;
    return key === undefined || isPublicKey(key)
      ? []
      : [
          finding(
            pathOf("sshPublicKey"),
            key,
            "it is not a public SSH key, and Deckhouse would refuse the document",
            "copy the one line of the file that ends in .pub",
          ),
        ];
  });

function isPublicKey(key: string): boolean {
  const { type, data } = keyForm.exec(key)?.groups ?? {};
  if (type === undefined || data === undefined || !keyTypes.includes(type)) {
    return false;
  }
  const bytes = Buffer.from(data, "base64");
  return (
    bytes.length > 4 + type.length &&
    bytes.readUInt32BE(0) === type.length &&
    bytes.toString("latin1", 4, 4 + type.length) === type
  );
}
