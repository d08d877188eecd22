# One request by Perl's LWP::UserAgent, which follows GET and HEAD unless told more; here it is told to
# follow every method, as requests_redirectable is there for. With the parameter `default` it is told
# nothing. See contract.md.

use strict;
use warnings;
use LWP::UserAgent;
use HTTP::Request;

my $request = HTTP::Request->new($ENV{METHOD}, $ENV{URL});
open my $lines, '<', $ENV{HEADERS_FILE} or die "$ENV{HEADERS_FILE}: $!";
while (my $line = <$lines>) {
	chomp $line;
	my ($name, $value) = split /: /, $line, 2;
	# A colon before it keeps the underscores of a name, which become hyphens otherwise.
	$request->push_header(($name =~ /_/ ? ":$name" : $name) => $value);
}
if (exists $ENV{BODY_FILE}) {
	open my $file, '<:raw', $ENV{BODY_FILE} or die "$ENV{BODY_FILE}: $!";
	local $/;
	$request->content(<$file>);
}
my $agent = LWP::UserAgent->new;
push @{$agent->requests_redirectable}, $ENV{METHOD} unless ($ARGV[0] // '') eq 'default';
my $response = $agent->request($request);
# A failure of the connection is told as a response of the client's own.
die $response->status_line . "\n" if ($response->header('Client-Warning') // '') eq 'Internal response';
print $response->code, "\n";
