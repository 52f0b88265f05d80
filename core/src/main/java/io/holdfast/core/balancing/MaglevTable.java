package io.holdfast.core.balancing;

import java.util.Arrays;
import java.util.List;

/**
 * Which member a key belongs to, so that almost only the keys of a member that leaves move.
 *
 * <p>Each member prefers the places of the table in an order of its own and they take turns, as in
 * the paper. A member is known by its slot: an instance that is restarted keeps its keys.
 */
final class MaglevTable {

  /** Primes, a hundred times as many as members, so that shares differ by a percent. */
  private static final int SMALL = 5_003;

  private static final int LARGE = 65_537;
  private static final int SMALL_ENOUGH = 50;

  private final int[] memberAt;

  private MaglevTable(int[] memberAt) {
    this.memberAt = memberAt;
  }

  static MaglevTable of(List<? extends Candidate> members) {
    int size = members.size() <= SMALL_ENOUGH ? SMALL : LARGE;
    int[] memberAt = new int[size];
    Arrays.fill(memberAt, -1);
    int[] turn = new int[members.size()];
    for (int filled = 0; filled < size && turn.length > 0; filled++) {
      int member = filled % turn.length;
      memberAt[place(members.get(member), size, turn, member, memberAt)] = member;
    }
    return new MaglevTable(memberAt);
  }

  /** The member's index; another for each attempt, mostly. */
  int member(int key, int attempt) {
    return memberAt[Integer.remainderUnsigned(mixed(key + attempt * 0x9E3779B9), memberAt.length)];
  }

  /** The first free one of the places that the member prefers. */
  private static int place(Candidate member, int size, int[] turn, int index, int[] taken) {
    int slot = member.instance().slot();
    long offset = Integer.toUnsignedLong(mixed(slot)) % size;
    long skip = Integer.toUnsignedLong(mixed(~slot)) % (size - 1) + 1;
    while (true) {
      int place = (int) ((offset + turn[index]++ * skip) % size);
      if (taken[place] < 0) {
        return place;
      }
    }
  }

  /** Neighbours in, strangers out; the finalizer of murmur3. */
  private static int mixed(int value) {
    int mixed = value + 0x7F4A7C15;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }
}
