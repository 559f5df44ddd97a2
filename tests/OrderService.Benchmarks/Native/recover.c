/* Recoveries per second of libsecp256k1 without .NET: cc -O2 recover.c -o recover -l:libsecp256k1.so.1 && ./recover inputs rounds
 * The inputs file holds records of 97 bytes: r (32), s (32), recovery id (1), hash (32). The prototypes are declared here because the
 * library's headers are in a package that a service does not need. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct context context;
extern context *secp256k1_context_create(unsigned int flags);
extern int secp256k1_ecdsa_recoverable_signature_parse_compact(
    const context *ctx, unsigned char *signature65, const unsigned char *compact64, int recovery_id);
extern int secp256k1_ecdsa_recover(
    const context *ctx, unsigned char *point64, const unsigned char *signature65, const unsigned char *hash32);
extern int secp256k1_ec_pubkey_serialize(
    const context *ctx, unsigned char *encoded, size_t *length, const unsigned char *point64, unsigned int flags);

enum { RECORD = 97, RECORDS_MAX = 65536, SIGN_AND_VERIFY = 0x301, COMPRESSED = 258 };

static unsigned char records[RECORDS_MAX * RECORD];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    FILE *file = fopen(argv[1], "rb");
    if (!file) return 3;
    size_t count = fread(records, RECORD, RECORDS_MAX, file);
    fclose(file);
    if (count == 0) return 4;

    context *ctx = secp256k1_context_create(SIGN_AND_VERIFY);
    int rounds = atoi(argv[2]);
    unsigned char signature[65], point[64], key[33];
    unsigned int checksum = 0;
    double start = now();
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            const unsigned char *record = records + i * RECORD;
            size_t length = sizeof key;
            if (record[64] > 3) return 5;
            if (!secp256k1_ecdsa_recoverable_signature_parse_compact(ctx, signature, record, record[64])) return 6;
            if (!secp256k1_ecdsa_recover(ctx, point, signature, record + 65)) return 7;
            secp256k1_ec_pubkey_serialize(ctx, key, &length, point, COMPRESSED);
            checksum = checksum * 31 + key[32];
        }
    }
    double seconds = now() - start;
    printf("%.1f %u\n", (double)count * rounds / seconds, checksum);
    return 0;
}
