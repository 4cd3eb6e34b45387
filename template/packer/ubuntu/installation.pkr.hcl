# How Ubuntu is installed, and how Packer gets into what was installed.

variable "boot_command" {
  type        = list(string)
  description = "What is typed into the boot loader of the ISO. Packer puts in the address and the port of its HTTP server."

  # On the command line of GRUB. What stands in front of "---" is for the installer; what stands behind it would also
  # come on the kernel's command line of every node, where cloud-init would prefer it to what vCenter tells the node.
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
  description = "The account that the installer makes and Packer uses. With Ubuntu's default user, which cloud-init then uses in every node, no account of the build is left."

  validation {
    condition     = can(regex("^[a-z_][a-z0-9_-]{0,31}$", var.connection_username))
    error_message = "The value of connection_username is no Linux account: lower case letters, digits, hyphens and underscores, 32 at most, and a letter or underscore first."
  }
}

variable "connection_password" {
  type        = string
  sensitive   = true
  description = "Its password during the build, a new random one each time. Give it as PKR_VAR_connection_password."

  validation {
    condition     = length(var.connection_password) > 0 && length(var.connection_password) <= 72
    error_message = "The value of connection_password must have 1 to 72 characters, which is what bcrypt takes."
  }
}

variable "boot_wait" {
  type        = string
  default     = "5s"
  description = "Time from power on until the menu of the boot loader is there. It stays for 30 seconds."
}

variable "ip_wait_timeout" {
  type        = string
  default     = "45m"
  description = "How long the installation may take: until then the guest must have told its address."
}

variable "ip_settle_timeout" {
  type        = string
  default     = "5s"
  description = "How long the address must stay the same before it is used."
}

variable "ssh_port" {
  type        = number
  default     = 22
  description = "Port of the guest's SSH server."
}

variable "ssh_timeout" {
  type        = string
  default     = "30m"
  description = "Time from the guest's address until it accepts the login."
}

variable "shutdown_timeout" {
  type        = string
  default     = "10m"
  description = "How long the guest may take to shut down."
}
