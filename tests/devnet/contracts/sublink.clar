;; {{NAME}}: carries .{{BASE}} into .{{SUBNET}} and back, one to one, as a hop of the router.
;; Opcode byte 0: 05 deposit, 06 withdraw.

(define-constant ERR_UNKNOWN_OPCODE (err u4002))

(define-private (opcode-of (opcode (optional (buff 16))))
  (default-to 0x00 (element-at? (default-to 0x00 opcode) u0)))

(define-read-only (quote (amount uint) (opcode (optional (buff 16))))
  (let ((code (opcode-of opcode)))
    (if (or (is-eq code 0x05) (is-eq code 0x06)) (ok {dx: amount, dy: amount, dk: u0}) ERR_UNKNOWN_OPCODE)))

(define-public (execute (amount uint) (opcode (optional (buff 16))))
  (let ((code (opcode-of opcode)) (quoted (try! (quote amount opcode))))
    (try! (if (is-eq code 0x05)
      (contract-call? .{{SUBNET}} deposit amount none)
      (contract-call? .{{SUBNET}} withdraw amount none)))
    (ok quoted)))
