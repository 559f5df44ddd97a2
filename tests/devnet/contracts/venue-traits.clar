;; What the router asks of the contracts it is given.

(define-trait subnet
  ((x-transfer ((buff 65) uint (string-ascii 36) principal) (response bool uint))))

(define-trait vault
  ((execute (uint (optional (buff 16))) (response {dx: uint, dy: uint, dk: uint} uint))))

(define-trait sip10
  ((transfer (uint principal principal (optional (buff 34))) (response bool uint))
   (get-name () (response (string-ascii 32) uint))
   (get-symbol () (response (string-ascii 32) uint))
   (get-decimals () (response uint uint))
   (get-balance (principal) (response uint uint))
   (get-total-supply () (response uint uint))
   (get-token-uri () (response (optional (string-utf8 256)) uint))))
