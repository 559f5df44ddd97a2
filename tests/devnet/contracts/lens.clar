;; What the node knows by itself: balances from its database, signers from its own library.

(define-read-only (stx-of (who principal)) (stx-get-balance who))

(define-read-only (signer-of (message (buff 32)) (signature (buff 65)))
  (match (secp256k1-recover? message signature) public-key (principal-of? public-key) failure (err failure)))
