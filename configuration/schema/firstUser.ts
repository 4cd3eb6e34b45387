import { z } from "zod";

/**
 * Who can log in after the installation, and may do everything. The hash of the password is the secret
 * `firstUserPasswordHash`.
 *
 * Source: deckhouse/deckhouse `modules/150-user-authn/crds/user.yaml`.
 */
export const firstUserSchema = z.strictObject({
  email: z
    .string()
    .regex(
      /^[a-z0-9._%+-]*[a-z0-9][a-z0-9._%+-]*@[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      "is not an e-mail address in lower case, as Deckhouse takes it: write it like admin@example.com",
    )
    .meta({
      description: "The e-mail address to log in with, in lower case.",
      examples: ["admin@example.com"],
    }),
});
