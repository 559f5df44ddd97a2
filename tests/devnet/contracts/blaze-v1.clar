;; Verifies signed intents (SIP-018) and accepts each uuid once.

(define-constant ERR_UUID_USED (err u409000))
(define-constant ERR_BAD_SIGNATURE (err u401000))
(define-constant ERR_BAD_MESSAGE (err u422000))

(define-constant PREFIX 0x534950303138)
(define-constant DOMAIN_HASH
  (sha256 (unwrap-panic (to-consensus-buff? {name: "BLAZE_PROTOCOL", version: "v1.0", chain-id: chain-id}))))

(define-map submitted-uuids (string-ascii 36) bool)

(define-read-only (check (uuid (string-ascii 36)))
  (is-some (map-get? submitted-uuids uuid)))

(define-read-only (hash
    (contract principal) (intent (string-ascii 32)) (opcode (optional (buff 16)))
    (amount (optional uint)) (target (optional principal)) (uuid (string-ascii 36)))
  (match (to-consensus-buff? {
      contract: contract, intent: intent, opcode: opcode, amount: amount, target: target, uuid: uuid})
    message (ok (sha256 (concat PREFIX (concat DOMAIN_HASH (sha256 message)))))
    ERR_BAD_MESSAGE))

(define-read-only (verify (message (buff 32)) (signature (buff 65)))
  (match (secp256k1-recover? message signature)
    public-key (principal-of? public-key)
    failure ERR_BAD_SIGNATURE))

(define-read-only (recover
    (signature (buff 65)) (contract principal) (intent (string-ascii 32)) (opcode (optional (buff 16)))
    (amount (optional uint)) (target (optional principal)) (uuid (string-ascii 36)))
  (verify (try! (hash contract intent opcode amount target uuid)) signature))

;; The calling contract is part of what was signed, so a signature for one token is void in another.
(define-public (execute
    (signature (buff 65)) (intent (string-ascii 32)) (opcode (optional (buff 16)))
    (amount (optional uint)) (target (optional principal)) (uuid (string-ascii 36)))
  (begin
    (asserts! (map-insert submitted-uuids uuid true) ERR_UUID_USED)
    (recover signature contract-caller intent opcode amount target uuid)))
