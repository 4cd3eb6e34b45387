# How Ubuntu is installed, and how Packer logs in to the installed system.

variable "boot_command" {
  type        = list(string)
  description = "What Packer types at the boot loader of the ISO, with the address and port of its HTTP server filled in."

  # At the GRUB command line. Everything before "---" is for the installer; anything after it would also end up on the
  # kernel command line of every node, where cloud-init would prefer it to the data from vCenter.
  default = [
    "c<wait>",
    "linux /casper/vmlinuz autoinstall ds=\"nocloud-net;seedfrom=http://{{ .HTTPIP }}:{{ .HTTPPort }}/\" ---",
    "<enter><wait>",
    "initrd /casper/initrd",
    "<enter><wait>",
    "boot",
    "<enter>",
  ]
}

variable "connection_username" {
  type        = string
  default     = "ubuntu"
  description = "The account that the installer creates and Packer uses. With Ubuntu's default user, which cloud-init then uses on every node, no account is left over from the build."

  validation {
    condition     = can(regex("^[a-z_][a-z0-9_-]{0,31}$", var.connection_username))
    error_message = "The value of connection_username is not a valid Linux account name: use at most 32 lowercase letters, digits, hyphens and underscores, and begin with a letter or underscore."
  }
}

variable "connection_password" {
  type        = string
  sensitive   = true
  description = "The password of connection_username during the build: a new random one each time. Set it as PKR_VAR_connection_password."

  validation {
    condition     = length(var.connection_password) > 0 && length(var.connection_password) <= 72
    error_message = "The value of connection_password must have 1 to 72 characters, the limit of bcrypt."
  }
}

variable "boot_wait" {
  type        = string
  default     = "5s"
  description = "Time from power-on until the boot loader shows its menu, which stays for 30 seconds."
}

variable "ip_wait_timeout" {
  type        = string
  default     = "45m"
  description = "How long the installation may take: the guest must have reported its address by then."
}

variable "ip_settle_timeout" {
  type        = string
  default     = "5s"
  description = "How long the address must remain unchanged before it is used."
}

variable "ssh_port" {
  type        = number
  default     = 22
  description = "Port of the guest's SSH server."
}

variable "ssh_timeout" {
  type        = string
  default     = "30m"
  description = "How long the guest may take from reporting its address to accepting the login."
}

variable "shutdown_timeout" {
  type        = string
  default     = "10m"
  description = "How long the guest may take to shut down."
}
