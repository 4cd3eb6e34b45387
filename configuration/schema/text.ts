import { z } from "zod";

const line = [
  /^\S(?:[^\r\n]*\S)?$/u,
  "is empty, has blanks at an end or is more than one line: write one line without blanks around it",
] as const;

/**
 * One line of text without blanks at either end: what every name, path and id is. The message is in the
 * form `what is wrong: what to do`, as all messages of the schema are. Letters and their marks are put together (NFC), as
 * everybody but a Mac types them: two names that look the same are the same.
 */
export const text = z
  .string()
  .normalize("NFC")
  .regex(...line);

/** {@link text} for what names a file: a file system keeps two names that look the same apart. */
export const verbatimText = z.string().regex(...line);

/** An IPv4 address, for example `192.0.2.10`. */
export const ipv4Address = z.ipv4("is not an IPv4 address: write four numbers from 0 to 255");

/** An IPv4 address with the length of its network prefix, for example `192.0.2.10/24`. */
export const ipv4WithPrefix = z.cidrv4(
  "is not an IPv4 address with a prefix length: write it like 192.0.2.10/24",
);

/** An IPv4 network with the length of its prefix, for example `192.0.2.0/24`; of one address with `/32`. */
export const ipv4Network = z.cidrv4("is not an IPv4 network: write it like 192.0.2.0/24");

const octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const address = `(${octet}\\.){3}${octet}`;

/** Addresses as MetalLB takes them: a network `192.0.2.0/27`, or a range `192.0.2.10-192.0.2.20`. */
export const addressRange = z
  .string()
  .regex(
    new RegExp(`^${address}(/(3[0-2]|[12]?[0-9])|-${address})$`),
    "is neither a network nor a range of IPv4 addresses: write it like 192.0.2.0/27 or 192.0.2.10-192.0.2.20",
  );

/** A TCP port. */
export const port = z.int().min(1).max(65535);

/** A number, or a share of a whole: `2` or `10%`. */
export const numberOrPercent = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^[1-9][0-9]*%$/, "is neither a number nor a percentage: write it like 2 or 10%"),
]);

/** Number of an autonomous system, of 32 bits (RFC 6793). */
export const autonomousSystem = z.int().min(1).max(4294967295);

const timeOfDay = z
  .string()
  .regex(/^([01]?[0-9]|2[0-3]):[0-5][0-9]$/, 'is not a time: write hours and minutes like "22:30"');

/** Times of the day or the week in which Deckhouse may do something, as `from` and `to` in UTC. */
export const updateWindows = z
  .array(
    z
      .strictObject({
        from: timeOfDay.meta({
          description: "Start, in UTC.",
          examples: ["22:00"],
        }),
        to: timeOfDay.meta({
          description: "End, in UTC, later on the same day.",
          examples: ["23:30"],
        }),
        days: z
          .array(z.enum(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]))
          .min(1)
          .optional()
          .meta({
            description: "The days of the week.",
            examples: [["Sat", "Sun"]],
            computedDefault: "every day",
          }),
      })
      .meta({ title: "window" }),
  )
  .min(1);
