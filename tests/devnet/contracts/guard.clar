;; Runs a swap of the router and always refuses, so that nothing of it remains: the caller learns what would happen.

(use-trait subnet-trait .venue-traits.subnet)
(use-trait vault-trait .venue-traits.vault)
(use-trait sip10-trait .venue-traits.sip10)

(define-public (dry-x-swap-1
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (err (contract-call? .x-multihop-rc9 x-swap-1 in hop-1 out)))

(define-public (dry-x-swap-2
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (err (contract-call? .x-multihop-rc9 x-swap-2 in hop-1 hop-2 out)))

(define-public (dry-x-swap-3
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (hop-3 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (err (contract-call? .x-multihop-rc9 x-swap-3 in hop-1 hop-2 hop-3 out)))

(define-public (dry-x-swap-4
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (hop-3 {opcode: (buff 16), vault: <vault-trait>})
    (hop-4 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (err (contract-call? .x-multihop-rc9 x-swap-4 in hop-1 hop-2 hop-3 hop-4 out)))

(define-public (dry-x-swap-5
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (hop-3 {opcode: (buff 16), vault: <vault-trait>})
    (hop-4 {opcode: (buff 16), vault: <vault-trait>})
    (hop-5 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (err (contract-call? .x-multihop-rc9 x-swap-5 in hop-1 hop-2 hop-3 hop-4 hop-5 out)))
